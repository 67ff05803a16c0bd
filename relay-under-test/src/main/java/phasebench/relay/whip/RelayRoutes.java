package phasebench.relay.whip;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.regex.Pattern;
import phasebench.relay.metrics.RelayMetrics;
import phasebench.relay.stream.Streams;

/// Which path means what:
///
/// | path | |
/// |---|---|
/// | `/` | list of streams |
/// | `/metrics` | Prometheus text |
/// | `/STREAM/` | player page |
/// | `/STREAM/whep` | WHEP endpoint |
/// | `/STREAM/whep/ID` | one WHEP session |
///
/// A stream's name may contain slashes.
final class RelayRoutes implements RelayHttpServer.Route {
    private static final Pattern STREAM = Pattern.compile("/[A-Za-z0-9_.~-]{1,100}(/[A-Za-z0-9_.~-]{1,100}){0,7}");
    private static final Pattern SESSION = Pattern.compile("(/.+)/whep/([A-Za-z0-9_-]{1,100})");

    private final Streams streams;
    private final WhepEndpoint whep;
    private final RelayMetrics metrics;
    private final PlayerPage pages;

    RelayRoutes(Streams streams, WhepEndpoint whep, RelayMetrics metrics, PlayerPage pages) {
        this.streams = streams;
        this.whep = whep;
        this.metrics = metrics;
        this.pages = pages;
    }

    @Override
    public HttpReply answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        if (path == null) {
            return HttpReply.text(400, "no path");
        }
        var session = SESSION.matcher(path);
        if (session.matches()) {
            return whep.session(exchange, session.group(2));
        }
        if (path.endsWith("/whep")) {
            return whep.endpoint(exchange, stream(path.substring(0, path.length() - "/whep".length())));
        }
        var method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return HttpReply.text(405, "allowed: GET, HEAD").with("Allow", "GET, HEAD");
        }
        return page(path);
    }

    private HttpReply page(String path) {
        if (path.equals("/")) {
            return pages.list(streams.all());
        }
        if (path.equals("/metrics")) {
            return HttpReply.of(200, "text/plain; version=0.0.4; charset=utf-8", metrics.prometheusText());
        }
        if (path.endsWith("/")) {
            return STREAM.matcher(path.substring(0, path.length() - 1)).matches()
                    ? pages.player()
                    : HttpReply.text(404, "not the name of a stream");
        }
        if (streams.find(stream(path)) != null) {
            return HttpReply.empty(308).with("Location", path + "/");
        }
        return HttpReply.text(404, "no such stream");
    }

    /// The stream's name is the path without its first slash.
    private static String stream(String path) {
        return path.startsWith("/") ? path.substring(1) : path;
    }
}
