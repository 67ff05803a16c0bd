package phasebench.relay.rtsp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A request (RFC 2326, section 6).
///
/// @param headers by name, whatever its case; values of a repeated header are joined by commas
record RtspRequest(String method, String uri, Map<String, String> headers, String body) implements RtspMessage {
    RtspRequest {
        Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(headers);
        headers = Collections.unmodifiableMap(sorted);
    }

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    RtspRequest withBody(String newBody) {
        return new RtspRequest(method, uri, headers, newBody);
    }

    /// Reads the request line and the headers.
    ///
    /// @param head without the empty line at its end
    static RtspRequest parse(String head) throws RtspRefusal {
        List<String> lines = new ArrayList<>(head.lines().toList());
        String[] line = lines.removeFirst().split(" ", -1);
        if (line.length != 3 || !isToken(line[0]) || line[1].isEmpty()) {
            throw new RtspRefusal(RtspStatus.BAD_REQUEST, "request line is not 'METHOD URL RTSP/1.0'");
        }
        if (!line[2].equals("RTSP/1.0")) {
            RtspStatus status = line[2].startsWith("RTSP/") ? RtspStatus.VERSION_NOT_SUPPORTED : RtspStatus.BAD_REQUEST;
            throw new RtspRefusal(status, "protocol is " + line[2] + "; allowed: RTSP/1.0");
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header : lines) {
            int colon = header.indexOf(':');
            if (colon < 1 || !isToken(header.substring(0, colon)) || hasControls(header)) {
                throw new RtspRefusal(RtspStatus.BAD_REQUEST, "header is not 'Name: value': " + header);
            }
            headers.merge(
                    header.substring(0, colon), header.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
        }
        return new RtspRequest(line[0], line[1], headers, "");
    }

    /// RFC 2326, section 15.1.
    private static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> c > ' ' && c < 0x7f && "()<>@,;:\\\"/[]?={}".indexOf(c) < 0);
    }

    private static boolean hasControls(String text) {
        return text.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f);
    }
}
