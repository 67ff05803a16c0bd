package phasebench.relay.rtsp;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The way a client wants to send one track (RFC 2326, section 12.39).
sealed interface TransportOffer {
    /// Among the requests, on two channels.
    ///
    /// @param rtpChannel RTCP goes on the next one; -1 if the choice is the server's
    record Interleaved(int rtpChannel) implements TransportOffer {}

    /// By UDP from two ports of the client's.
    ///
    /// @param profile as the client wrote it, `RTP/AVP` or `RTP/AVP/UDP`
    record Udp(String profile, int clientRtpPort, int clientRtcpPort) implements TransportOffer {}

    /// The first transport of the header that the server can do.
    static TransportOffer parse(String header) throws RtspRefusal {
        for (String transport : header.split(",", -1)) {
            String[] words = transport.strip().split(";", -1);
            Map<String, String> parameters = parameters(words);
            String profile = words[0].strip().toUpperCase(Locale.ROOT);
            if (!parameters.containsKey("multicast") && isRecord(parameters)) {
                if (profile.equals("RTP/AVP/TCP")) {
                    return interleaved(parameters);
                }
                if ((profile.equals("RTP/AVP") || profile.equals("RTP/AVP/UDP"))
                        && parameters.containsKey("client_port")) {
                    return udp(profile, parameters);
                }
            }
        }
        throw new RtspRefusal(
                RtspStatus.UNSUPPORTED_TRANSPORT,
                "'" + header + "'; allowed: RTP/AVP/TCP;unicast;interleaved=A-B;mode=record"
                        + " or RTP/AVP/UDP;unicast;client_port=A-B;mode=record");
    }

    private static TransportOffer interleaved(Map<String, String> parameters) throws RtspRefusal {
        String value = parameters.getOrDefault("interleaved", "");
        if (value.isEmpty()) {
            return new Interleaved(-1);
        }
        int[] channels = pair("interleaved", value, 0, 255);
        if (channels[1] != channels[0] + 1) {
            throw new RtspRefusal(
                    RtspStatus.BAD_REQUEST, "interleaved=" + value + "; allowed: two channels in sequence");
        }
        return new Interleaved(channels[0]);
    }

    private static TransportOffer udp(String profile, Map<String, String> parameters) throws RtspRefusal {
        int[] ports = pair("client_port", parameters.getOrDefault("client_port", ""), 1, 65_535);
        return new Udp(profile, ports[0], ports[1]);
    }

    /// `A-B`, or `A` which means `A-A+1`.
    private static int[] pair(String name, String value, int min, int max) throws RtspRefusal {
        if (value.matches("[0-9]{1,5}(-[0-9]{1,5})?")) {
            int dash = value.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? value : value.substring(0, dash));
            int second = dash < 0 ? first + 1 : Integer.parseInt(value.substring(dash + 1));
            if (first >= min && first <= max && second >= min && second <= max && first != second) {
                return new int[] {first, second};
            }
        }
        throw new RtspRefusal(
                RtspStatus.BAD_REQUEST, name + "=" + value + "; allowed: A-B with A and B from " + min + " to " + max);
    }

    /// `receive` is what old versions of ffmpeg say. A client that announced and names no mode can only mean to record.
    private static boolean isRecord(Map<String, String> parameters) {
        String mode =
                parameters.getOrDefault("mode", "record").replace("\"", "").toLowerCase(Locale.ROOT);
        return mode.equals("record") || mode.equals("receive");
    }

    private static Map<String, String> parameters(String[] words) {
        Map<String, String> parameters = new TreeMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            String name =
                    (equals < 0 ? word : word.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
            parameters.put(name, equals < 0 ? "" : word.substring(equals + 1).strip());
        }
        return parameters;
    }
}
