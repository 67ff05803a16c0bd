package phasebench.harness.load.viewer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import phasebench.harness.load.media.TrackKind;

/// What a viewer needs of a relay's answer.
///
/// @param address the relay's first UDP candidate
/// @param fingerprint of the relay's certificate, such as `sha-256 AB:CD:...`
/// @param payloadTypes those that the relay chose, of the tracks that the viewer plays
/// @param feedback what the relay takes of a viewer that misses packets
record SdpAnswer(
        String username,
        String password,
        String fingerprint,
        InetSocketAddress address,
        Map<TrackKind, Integer> payloadTypes,
        Feedback feedback) {
    SdpAnswer {
        payloadTypes = Map.copyOf(payloadTypes);
    }

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
        return new SdpAnswer(username, password, fingerprint, other, payloadTypes, feedback);
    }

    /// The one that the relay chose for a track that the viewer plays.
    int payloadType(TrackKind track) {
        return Objects.requireNonNull(payloadTypes.get(track), "not asked for: " + track);
    }

    /// Reads an answer.
    ///
    /// @param tracks what the viewer plays: the video, with or without its sound
    /// @throws IOException if it lacks what a viewer needs, saying what
    static SdpAnswer parse(String sdp, Collection<TrackKind> tracks) throws IOException {
        List<String> lines = sdp.lines().map(String::strip).toList();
        String setup = first(lines, "a=setup:").orElse("(none)");
        if (!setup.equals("passive")) {
            throw new IOException("answer says a=setup:" + setup + "; viewers are DTLS clients and need passive");
        }
        Map<TrackKind, Integer> payloadTypes = new EnumMap<>(TrackKind.class);
        for (TrackKind track : tracks) {
            payloadTypes.put(track, payloadType(lines, track));
        }
        return new SdpAnswer(
                required(lines, "a=ice-ufrag:"),
                required(lines, "a=ice-pwd:"),
                required(lines, "a=fingerprint:"),
                candidate(lines),
                payloadTypes,
                Feedback.of(lines, payloadTypes.getOrDefault(TrackKind.VIDEO, -1)));
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

    private static int payloadType(List<String> lines, TrackKind track) throws IOException {
        String line = "m=" + track.word() + " ";
        String media = required(lines, line);
        String[] parts = media.split(" ", -1);
        if (parts[0].equals("0") || parts.length < 3) {
            throw new IOException("answer refuses " + track.word() + ": " + line + media);
        }
        String payloadType = parts[2];
        String codec = first(lines, "a=rtpmap:" + payloadType + " ").orElse("(no rtpmap)");
        if (!codec.startsWith(track.encoding())) {
            throw new IOException(
                    "answer chose payload type " + payloadType + ", " + codec + ", instead of " + track.encoding());
        }
        try {
            return Integer.parseInt(payloadType);
        } catch (NumberFormatException e) {
            throw new IOException("answer has no payload type in: " + line + media, e);
        }
    }
}
