package phasebench.harness.load.impair;

import phasebench.harness.load.wire.RtpHeader;
import phasebench.scenarios.Direction;

/// What a datagram between relay and viewer is, by its first bytes (RFC 7983; RFC 5761, section 4).
enum PacketKind {
    /// RTP that the viewer has not been sent before.
    MEDIA,
    /// RTP sent again: a sequence number once more, or a repair stream of its own (RFC 4588).
    REPAIR,
    RTCP,
    /// STUN and DTLS, without which there is no session to measure.
    SPARED;

    private static final int RTP_FIRST = 128;
    private static final int RTP_LAST = 191;
    private static final int RTCP_TYPE_FIRST = 192;
    private static final int RTCP_TYPE_LAST = 223;

    /// Tells media from repairs by what went before. One viewer's; not thread-safe.
    static final class Sorter {
        private boolean isStarted;
        private int ssrc;
        private int highest;

        PacketKind sort(byte[] packet, int length) {
            int first = length < RtpHeader.FIXED_BYTES ? 0 : packet[0] & 0xff;
            if (first < RTP_FIRST || first > RTP_LAST) {
                return isRtcp(packet, length) ? RTCP : SPARED;
            }
            if (isRtcp(packet, length)) {
                return RTCP;
            }
            if (!isStarted) {
                isStarted = true;
                ssrc = RtpHeader.ssrc(packet);
                highest = RtpHeader.sequence(packet);
                return MEDIA;
            }
            if (RtpHeader.ssrc(packet) != ssrc) {
                return REPAIR;
            }
            int ahead = (short) (RtpHeader.sequence(packet) - highest);
            if (ahead <= 0) {
                return REPAIR;
            }
            highest += ahead;
            return MEDIA;
        }

        private static boolean isRtcp(byte[] packet, int length) {
            int first = length < 2 ? 0 : packet[0] & 0xff;
            int type = length < 2 ? 0 : packet[1] & 0xff;
            return first >= RTP_FIRST && first <= RTP_LAST && type >= RTCP_TYPE_FIRST && type <= RTCP_TYPE_LAST;
        }
    }

    /// Tells scripts apart; kept as it is, so that the same seed goes on losing the same packets.
    int number() {
        return switch (this) {
            case MEDIA -> 0;
            case REPAIR -> 1;
            case RTCP -> 2;
            case SPARED -> 3;
        };
    }

    /// Whether packets of the kind meet the impairment of a direction.
    boolean meets(Direction direction) {
        return switch (this) {
            case MEDIA, REPAIR -> true;
            case RTCP -> direction == Direction.BOTH;
            case SPARED -> false;
        };
    }
}
