package phasebench.relay.rtsp;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// A response without a body (RFC 2326, section 7).
///
/// @param reason stands on the status line, because that is what clients print
record RtspResponse(RtspStatus status, String reason, Map<String, String> headers) {
    /// What a publisher needs; reading by RTSP is not offered.
    static final String METHODS = "OPTIONS, ANNOUNCE, SETUP, RECORD, GET_PARAMETER, SET_PARAMETER, TEARDOWN";

    private static final int REASON_CHARACTERS_MAX = 300;

    static RtspResponse ok() {
        return new RtspResponse(RtspStatus.OK, RtspStatus.OK.phrase(), Map.of());
    }

    static RtspResponse refused(RtspRefusal refusal) {
        Map<String, String> headers =
                refusal.status() == RtspStatus.METHOD_NOT_ALLOWED ? Map.of("Allow", METHODS) : Map.of();
        return new RtspResponse(refusal.status(), refusal.status().phrase() + ": " + refusal.why(), headers);
    }

    RtspResponse with(String name, String value) {
        Map<String, String> extended = new LinkedHashMap<>(headers);
        extended.put(name, value);
        return new RtspResponse(status, reason, extended);
    }

    byte[] toBytes() {
        StringBuilder text =
                new StringBuilder().append("RTSP/1.0 %d %s\r\n".formatted(status.code(), printable(reason)));
        headers.forEach((name, value) ->
                text.append(name).append(": ").append(printable(value)).append("\r\n"));
        return text.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    /// What a client sent may come back in here: no line of its own making.
    private static String printable(String text) {
        String line = text.replaceAll("[^ -~]", "?");
        return line.length() <= REASON_CHARACTERS_MAX ? line : line.substring(0, REASON_CHARACTERS_MAX) + "...";
    }
}
