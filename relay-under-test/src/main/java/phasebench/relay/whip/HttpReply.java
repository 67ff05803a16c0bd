package phasebench.relay.whip;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// An HTTP response: status, body, and headers beside Content-Type.
record HttpReply(int status, String contentType, String body, Map<String, String> headers) {
    HttpReply {
        headers = Map.copyOf(headers);
    }

    static HttpReply text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text + "\n");
    }

    static HttpReply of(int status, String contentType, String body) {
        return new HttpReply(status, contentType, body, Map.of());
    }

    static HttpReply empty(int status) {
        return new HttpReply(status, "", "", Map.of());
    }

    HttpReply with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpReply(status, contentType, body, more);
    }

    void send(HttpExchange exchange) throws IOException {
        var out = exchange.getResponseHeaders();
        headers.forEach(out::set);
        if (!contentType.isEmpty()) {
            out.set("Content-Type", contentType);
        }
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean hasBody = bytes.length > 0 && !exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, hasBody ? bytes.length : -1);
        if (hasBody) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
