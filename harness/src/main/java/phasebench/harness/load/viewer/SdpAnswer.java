package phasebench.harness.load.viewer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a viewer needs of a relay's answer.
///
/// @param address the relay's first UDP candidate
/// @param fingerprint of the relay's certificate, such as `sha-256 AB:CD:...`
/// @param payloadType the one for H.264 that the relay chose
/// @param feedback what the relay takes of a viewer that misses packets
record SdpAnswer(
        String username,
        String password,
        String fingerprint,
        InetSocketAddress address,
        int payloadType,
        Feedback feedback) {
    /// @param hasNack whether generic NACKs were agreed on (RFC 4585, section 4.2)
    /// @param hasPictureLoss whether picture loss indications were
    record Feedback(boolean hasNack, boolean hasPictureLoss) {
        private static Feedback of(List<String> lines, int payloadType) {
            return new Feedback(has(lines, payloadType, "nack"), has(lines, payloadType, "nack pli"));
        }

        private static boolean has(List<String> lines, int payloadType, String kind) {
            return lines.contains("a=rtcp-fb:" + payloadType + " " + kind) || lines.contains("a=rtcp-fb:* " + kind);
        }
    }

    /// The same relay, reached another way.
    SdpAnswer withAddress(InetSocketAddress other) {
        return new SdpAnswer(username, password, fingerprint, other, payloadType, feedback);
    }

    /// Reads an answer.
    ///
    /// @throws IOException if it lacks what a viewer needs, saying what
    static SdpAnswer parse(String sdp) throws IOException {
        List<String> lines = sdp.lines().map(String::strip).toList();
        String setup = first(lines, "a=setup:").orElse("(none)");
        if (!setup.equals("passive")) {
            throw new IOException("answer says a=setup:" + setup + "; viewers are DTLS clients and need passive");
        }
        int payloadType = videoPayloadType(lines);
        return new SdpAnswer(
                required(lines, "a=ice-ufrag:"),
                required(lines, "a=ice-pwd:"),
                required(lines, "a=fingerprint:"),
                candidate(lines),
                payloadType,
                Feedback.of(lines, payloadType));
    }

    private static Optional<String> first(List<String> lines, String prefix) {
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .findFirst();
    }

    private static String required(List<String> lines, String prefix) throws IOException {
        return first(lines, prefix).orElseThrow(() -> new IOException("answer has no " + prefix + " line"));
    }

    /// candidate: foundation component transport priority address port typ ... (RFC 8839, section 5.1).
    private static InetSocketAddress candidate(List<String> lines) throws IOException {
        for (String line : lines) {
            String[] parts = line.split(" ", -1);
            if (line.startsWith("a=candidate:")
                    && parts.length >= 8
                    && parts[2].toLowerCase(Locale.ROOT).equals("udp")) {
                try {
                    return new InetSocketAddress(InetAddress.ofLiteral(parts[4]), Integer.parseInt(parts[5]));
                } catch (IllegalArgumentException e) {
                    throw new IOException("answer has a candidate without address and port: " + line, e);
                }
            }
        }
        throw new IOException("answer has no UDP candidate");
    }

    private static int videoPayloadType(List<String> lines) throws IOException {
        String media = required(lines, "m=video ");
        String[] parts = media.split(" ", -1);
        if (parts[0].equals("0") || parts.length < 3) {
            throw new IOException("answer refuses video: m=video " + media);
        }
        String payloadType = parts[2];
        String codec = first(lines, "a=rtpmap:" + payloadType + " ").orElse("(no rtpmap)");
        if (!codec.startsWith("H264/90000")) {
            throw new IOException("answer chose payload type " + payloadType + ", " + codec + ", instead of H264");
        }
        try {
            return Integer.parseInt(payloadType);
        } catch (NumberFormatException e) {
            throw new IOException("answer has no payload type in: m=video " + media, e);
        }
    }
}
