package phasebench.harness.load.receive;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/// Who takes the datagrams of one viewer. Called by the receiving thread only.
public interface DatagramSink {
    /// Longest datagram that is taken; the rest of a longer one is cut off.
    int DATAGRAM_BYTES_MAX = 2048;

    /// What lies in memory of a media packet where headers suffice: four cache lines, which RTP headers
    /// and the RTCP, STUN and DTLS alerts of a running session fit into.
    int HEADER_BYTES = 256;

    /// Hears that a datagram is about to be handed over: reads a little of all that taking it will need.
    ///
    /// @return what was read, in any form; of no meaning
    default long approach() {
        return 0;
    }

    /// Takes one datagram, which lies in `memory` until the call returns.
    ///
    /// @param length of the whole datagram; of media less may lie in memory where headers suffice
    /// @param nowNs when it was taken from the kernel (System.nanoTime)
    /// @return whether it was media
    boolean datagram(MemorySegment memory, long at, int length, long nowNs);

    /// Whether a datagram is RTP, by its first two bytes (RFC 7983, section 7; RFC 5761, section 4).
    static boolean isMedia(MemorySegment memory, long at, int length) {
        if (length < 2) {
            return false;
        }
        int first = memory.get(JAVA_BYTE, at) & 0xff;
        int second = memory.get(JAVA_BYTE, at + 1) & 0xff;
        return first >= 128 && first <= 191 && (second < 192 || second > 223);
    }

    /// The payload type of RTP.
    static int payloadType(MemorySegment memory, long at) {
        return memory.get(JAVA_BYTE, at + 1) & 0x7f;
    }

    /// Hears that nothing more will come, and why.
    void failed(String reason);
}
