package phasebench.harness.process;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The one line that a relay prints when it serves: `READY rtsp=127.0.0.1:8554 http=... webrtc=... pid=123
/// key=value ...`.
///
/// @param text the line as printed
/// @param settings effective settings of the relay, in printed order
public record ReadyLine(String text, String rtsp, String http, long pid, Map<String, String> settings) {
    private static final String PREFIX = "READY ";

    public ReadyLine {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /// Reads a line of the relay's standard output; empty for any other line.
    ///
    /// @throws IllegalArgumentException for a line that begins with READY and lacks something
    public static Optional<ReadyLine> parse(String line) {
        if (!line.startsWith(PREFIX)) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : line.substring(PREFIX.length()).strip().split(" +", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("not key=value in the READY line: '" + pair + "' in: " + line);
            }
            values.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        String rtsp = take(values, "rtsp", line);
        String http = take(values, "http", line);
        take(values, "webrtc", line);
        long pid = Long.parseLong(take(values, "pid", line));
        return Optional.of(new ReadyLine(line, rtsp, http, pid, values));
    }

    /// Where publishers connect, such as `rtsp://127.0.0.1:8554`.
    public URI rtspUri() {
        return URI.create("rtsp://" + rtsp);
    }

    /// Where viewers, browsers and readers of the counters connect, such as `http://127.0.0.1:8889`.
    public URI httpUri() {
        return URI.create("http://" + http);
    }

    private static String take(Map<String, String> values, String key, String line) {
        String value = values.remove(key);
        if (value == null) {
            throw new IllegalArgumentException("no " + key + "= in the READY line: " + line);
        }
        return value;
    }
}
