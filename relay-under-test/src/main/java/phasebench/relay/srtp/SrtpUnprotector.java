package phasebench.relay.srtp;

/// Turns SRTP into RTP and SRTCP into RTCP for one session, and discards what is forged or replayed.
/// One thread.
public interface SrtpUnprotector {
    /// An unprotector with its own ciphers for `keys.receiveKey()`.
    static SrtpUnprotector of(SrtpKeys keys) {
        return new TransformUnprotector(
                switch (keys.profile()) {
                    case AES_CM_128_HMAC_SHA1_80 -> new AesCmTransform(keys.receiveKey(), keys.receiveSalt());
                    case AEAD_AES_128_GCM -> new AesGcmTransform(keys.receiveKey(), keys.receiveSalt());
                });
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
}
