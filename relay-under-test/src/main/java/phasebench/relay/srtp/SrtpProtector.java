package phasebench.relay.srtp;

/// Turns RTP into SRTP and RTCP into SRTCP for one session. Not thread-safe: one owner at a time.
public interface SrtpProtector {
    /// A protector with its own ciphers for `keys.sendKey()`.
    static SrtpProtector of(SrtpKeys keys) {
        return new TransformProtector(
                switch (keys.profile()) {
                    case AES_CM_128_HMAC_SHA1_80 -> new AesCmTransform(keys.sendKey(), keys.sendSalt());
                    case AEAD_AES_128_GCM -> new AesGcmTransform(keys.sendKey(), keys.sendSalt());
                });
    }

    /// Protects one RTP packet into another array, `rtpTagBytes` longer.
    ///
    /// The rollover counter follows the sequence numbers of each SSRC. A sequence number that lies
    /// behind the newest is taken for a retransmission and gives the same bytes again; it must carry
    /// the same packet, since two different packets under one index would give both away. Start an SSRC
    /// with a sequence number below 2^15, so that a loss at the beginning cannot hide a rollover from
    /// the receiver (RFC 3711, section 3.3.1).
    ///
    /// @return SRTP bytes written at `outOffset`
    /// @throws IllegalArgumentException if `packet` is not RTP
    int protectRtp(byte[] packet, int length, byte[] out, int outOffset);

    /// Protects one RTCP compound packet into another array, `rtcpOverheadBytes` longer; its index
    /// counts by the SSRC of its first packet.
    ///
    /// @return SRTCP bytes written at `outOffset`
    /// @throws IllegalArgumentException if `packet` is not RTCP
    int protectRtcp(byte[] packet, int length, byte[] out, int outOffset);
}
