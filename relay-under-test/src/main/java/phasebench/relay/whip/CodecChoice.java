package phasebench.relay.whip;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phasebench.relay.rtp.TrackFormat;

/// Finds the offered payload type that fits a track.
final class CodecChoice {
    private static final Pattern PROFILE_LEVEL_ID = Pattern.compile("[0-9a-fA-F]{6}");

    private CodecChoice() {}

    /// `audio` or `video`, as on the m-line.
    static String kind(TrackFormat format) {
        return format instanceof TrackFormat.Opus ? "audio" : "video";
    }

    /// Name for people and for 406 answers.
    static String name(TrackFormat format) {
        return switch (format) {
            case TrackFormat.H264(var profileLevelId) -> "H264 profile-level-id=" + profileLevelId;
            case TrackFormat.Vp8() -> "VP8";
            case TrackFormat.Opus(int channels) -> "Opus with " + channels + " channel(s)";
        };
    }

    static Optional<SdpOffer.PayloadFormat> choose(TrackFormat format, SdpOffer.Media media) {
        return switch (format) {
            case TrackFormat.H264(var profileLevelId) -> chooseH264(H264Profile.of(profileLevelId), media);
            case TrackFormat.Vp8() -> first("VP8/90000", media);
            case TrackFormat.Opus(int _) -> first("opus/48000/2", media);
        };
    }

    private static Optional<SdpOffer.PayloadFormat> first(String encoding, SdpOffer.Media media) {
        return media.formats().stream()
                .filter(format -> format.encoding().equalsIgnoreCase(encoding))
                .findFirst();
    }

    /// Only packetization-mode 1 will do. The same profile is best, then one that includes it, then any: browsers
    /// offer fewer profiles than they decode (Chromium decodes High and offers Baseline and Main).
    private static Optional<SdpOffer.PayloadFormat> chooseH264(H264Profile wanted, SdpOffer.Media media) {
        return media.formats().stream()
                .filter(format -> format.encoding().equalsIgnoreCase("H264/90000"))
                .filter(format -> "1".equals(format.parameter("packetization-mode")))
                .min(Comparator.comparingInt(
                        format -> wanted.distance(H264Profile.of(format.parameter("profile-level-id")))));
    }

    /// Profiles by RFC 6184, table 5, in the order in which each includes those before it, as far as WebRTC's go.
    private enum H264Profile {
        CONSTRAINED_BASELINE(0),
        BASELINE(1),
        MAIN(2),
        HIGH(3),
        OTHER(4);

        private final int rank;

        H264Profile(int rank) {
            this.rank = rank;
        }

        /// A missing one means Baseline (RFC 6184, section 8.1).
        static H264Profile of(@Nullable String profileLevelId) {
            if (profileLevelId == null
                    || !PROFILE_LEVEL_ID.matcher(profileLevelId).matches()) {
                return BASELINE;
            }
            int constraints = Integer.parseInt(profileLevelId.substring(2, 4), 16);
            return switch (profileLevelId.substring(0, 2).toLowerCase(Locale.ROOT)) {
                case "42" -> (constraints & 0x40) != 0 ? CONSTRAINED_BASELINE : BASELINE;
                case "4d" -> (constraints & 0x80) != 0 ? CONSTRAINED_BASELINE : MAIN;
                case "64" -> HIGH;
                default -> OTHER;
            };
        }

        int distance(H264Profile offered) {
            int steps = offered.rank - rank;
            return steps >= 0 ? steps : values().length - steps;
        }
    }
}
