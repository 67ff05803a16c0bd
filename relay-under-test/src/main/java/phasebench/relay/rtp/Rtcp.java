package phasebench.relay.rtp;

import java.time.Instant;
import java.util.List;

/// RTCP compound packets (RFC 3550, section 6; RFC 4585; RFC 5104), read and written.
public final class Rtcp {
    /// Seconds from 1900 to 1970.
    private static final long NTP_EPOCH_OFFSET_S = 2_208_988_800L;

    private Rtcp() {}

    /// Reads a compound packet, or a reduced-size one (RFC 5506); an empty list if it is malformed
    /// anywhere.
    public static List<RtcpPacket> parse(byte[] packet, int length) {
        return new RtcpParser(packet, length).parse();
    }

    /// Writes packets one after the other.
    ///
    /// @return the end of the last one
    /// @throws IllegalArgumentException for an `Other`, or more items than five bits can count
    /// @throws java.nio.BufferOverflowException if `out` is too short
    public static int write(byte[] out, int offset, RtcpPacket... packets) {
        int end = offset;
        for (RtcpPacket packet : packets) {
            end = new RtcpWriter(out, end).write(packet);
        }
        return end;
    }

    /// A 64-bit NTP timestamp (RFC 3550, section 4).
    public static long ntpTimestamp(Instant time) {
        long fraction = ((long) time.getNano() << 32) / 1_000_000_000L;
        return ((time.getEpochSecond() + NTP_EPOCH_OFFSET_S) << 32) | fraction;
    }

    /// Whether a packet that is not STUN, DTLS or TURN is RTCP rather than RTP (RFC 5761, section 4).
    public static boolean isRtcp(byte[] packet, int length) {
        int packetType = length < 2 ? 0 : packet[1] & 0xff;
        return packetType >= 192 && packetType <= 223;
    }
}
