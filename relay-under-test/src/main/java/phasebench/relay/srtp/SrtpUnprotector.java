package phasebench.relay.srtp;

import phasebench.relay.buffer.BufferPool;

/// Turns SRTP into RTP and SRTCP into RTCP for one session, and discards what is forged or replayed.
/// One thread.
public interface SrtpUnprotector extends AutoCloseable {
    /// An unprotector with its own ciphers for `keys.receiveKey()`.
    static SrtpUnprotector of(SrtpKeys keys, SrtpProvider provider) {
        return new TransformUnprotector(
                provider.transform(keys.profile(), keys.receiveKey(), keys.receiveSalt(), BufferPool.allocating()));
    }

    /// Writes the RTP packet to the begin of `out`, which must hold `length` bytes.
    ///
    /// @return RTP bytes written, or -1 if the packet is malformed, failed authentication or was
    ///     replayed
    int unprotectRtp(byte[] packet, int length, byte[] out);

    /// Writes the RTCP packet to the begin of `out`, which must hold `length` bytes.
    ///
    /// @return RTCP bytes written, or -1 if the packet is malformed, failed authentication or was
    ///     replayed
    int unprotectRtcp(byte[] packet, int length, byte[] out);

    /// Packets that were malformed or failed authentication.
    long authenticationFailures();

    /// Packets whose index was seen before or lies behind the replay window (RFC 3711, section 3.3.2).
    long replays();

    /// Frees native memory, if it has any; it is not used after that. Without it, the garbage collector does so some
    /// time.
    @Override
    void close();
}
