package phasebench.harness.load.impair;

import java.util.EnumMap;
import java.util.Map;
import phasebench.harness.load.media.TrackKind;
import phasebench.harness.load.wire.RtpHeader;
import phasebench.scenarios.Direction;

/// What a datagram between relay and viewer is, by its first bytes (RFC 7983; RFC 5761, section 4).
enum PacketKind {
    /// RTP of the video that the viewer has not been sent before.
    VIDEO,
    /// RTP of the sound that the viewer has not been sent before.
    AUDIO,
    /// RTP sent again: a sequence number once more, or a repair stream of its own (RFC 4588).
    REPAIR,
    RTCP,
    /// STUN and DTLS, without which there is no session to measure.
    SPARED;

    /// Half of the flows that a viewer has room for in [FateScript].
    private static final int FLOWS_OF_VIDEO = 0x80;

    private static final int RTP_FIRST = 128;
    private static final int RTP_LAST = 191;
    private static final int RTCP_TYPE_FIRST = 192;
    private static final int RTCP_TYPE_LAST = 223;

    /// New media of a track.
    static PacketKind of(TrackKind track) {
        return switch (track) {
            case VIDEO -> VIDEO;
            case AUDIO -> AUDIO;
        };
    }

    /// Of a track's packets, what has come so far.
    private static final class Seen {
        private boolean isStarted;
        private int ssrc;
        private int highest;
    }

    /// Tells media from repairs by what went before. One viewer's; not thread-safe.
    static final class Sorter {
        private final Map<Integer, TrackKind> tracks;
        private final Map<TrackKind, Seen> seen = new EnumMap<>(TrackKind.class);

        /// @param tracks by payload type; what has none of these is taken for the video's
        Sorter(Map<Integer, TrackKind> tracks) {
            this.tracks = Map.copyOf(tracks);
        }

        /// The track that RTP belongs to, be it new or sent again.
        TrackKind track(byte[] packet) {
            return tracks.getOrDefault(RtpHeader.payloadType(packet), TrackKind.VIDEO);
        }

        PacketKind sort(byte[] packet, int length) {
            int first = length < RtpHeader.FIXED_BYTES ? 0 : packet[0] & 0xff;
            if (first < RTP_FIRST || first > RTP_LAST) {
                return isRtcp(packet, length) ? RTCP : SPARED;
            }
            if (isRtcp(packet, length)) {
                return RTCP;
            }
            TrackKind track = track(packet);
            Seen before = seen.computeIfAbsent(track, _ -> new Seen());
            if (!before.isStarted) {
                before.isStarted = true;
                before.ssrc = RtpHeader.ssrc(packet);
                before.highest = RtpHeader.sequence(packet);
                return of(track);
            }
            if (RtpHeader.ssrc(packet) != before.ssrc) {
                return REPAIR;
            }
            int ahead = (short) (RtpHeader.sequence(packet) - before.highest);
            if (ahead <= 0) {
                return REPAIR;
            }
            before.highest += ahead;
            return of(track);
        }

        private static boolean isRtcp(byte[] packet, int length) {
            int first = length < 2 ? 0 : packet[0] & 0xff;
            int type = length < 2 ? 0 : packet[1] & 0xff;
            return first >= RTP_FIRST && first <= RTP_LAST && type >= RTCP_TYPE_FIRST && type <= RTCP_TYPE_LAST;
        }
    }

    /// Tells the scripts of one way of one viewer apart; kept as it is, so that the same seed goes on losing the same
    /// packets.
    ///
    /// @param place of the impairment on its way
    int flow(int place) {
        int known = 4 * place;
        return switch (this) {
            case VIDEO -> known;
            case REPAIR -> known + 1;
            case RTCP -> known + 2;
            case SPARED -> known + 3;
            case AUDIO -> FLOWS_OF_VIDEO + known;
        };
    }

    /// Whether packets of the kind meet the impairment of a direction.
    boolean meets(Direction direction) {
        return switch (this) {
            case VIDEO, AUDIO, REPAIR -> true;
            case RTCP -> direction == Direction.BOTH;
            case SPARED -> false;
        };
    }
}
