package phasebench.relay.srtp;

import phasebench.relay.buffer.PacketBuffer;
import phasebench.relay.buffer.PlainPacket;

/// The cryptography of one profile for one direction of one session: packets and their index in,
/// packets out.
///
/// Knows neither rollover nor replay. Not thread-safe: it reuses its ciphers and scratch arrays.
interface SrtpTransform extends AutoCloseable {
    /// Encrypts and authenticates one RTP packet; its header stays in the clear.
    ///
    /// @param out heap or native memory, with room for the tag
    /// @param index 48 bits: rollover counter and sequence number
    /// @return bytes written from the begin of `out`
    int sealRtp(PlainPacket packet, PacketBuffer out, int ssrc, long index);

    /// Reverses `sealRtp`, writing from index 0.
    ///
    /// @param headerBytes how much of `packet` is in the clear
    /// @return bytes written, or -1 if the tag does not fit the packet; then `out` holds nothing of use
    int openRtp(byte[] packet, int headerBytes, int length, byte[] out, int ssrc, long index);

    /// Encrypts and authenticates one RTCP compound packet of at least 8 bytes.
    ///
    /// @param index 31 bits
    /// @return bytes written at `outOffset`
    int sealRtcp(byte[] packet, int length, byte[] out, int outOffset, int ssrc, int index);

    /// Reverses `sealRtcp`, writing from index 0.
    ///
    /// @return bytes written, or -1 if the tag does not fit the packet; then `out` holds nothing of use
    int openRtcp(byte[] packet, int length, byte[] out, int ssrc, int index);

    /// Where the word of encryption flag and index begins in an SRTCP packet of `length` bytes.
    int rtcpIndexOffset(int length);

    /// Frees what is not on the heap; it is not used after that. Without it, the garbage collector does so some time.
    @Override
    default void close() {}
}
