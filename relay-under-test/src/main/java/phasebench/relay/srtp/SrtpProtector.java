package phasebench.relay.srtp;

import phasebench.relay.buffer.BufferPool;
import phasebench.relay.buffer.PacketBuffer;
import phasebench.relay.buffer.PlainPacket;

/// Turns RTP into SRTP and RTCP into SRTCP for one session. Not thread-safe: one owner at a time.
public interface SrtpProtector extends AutoCloseable {
    /// A protector with its own ciphers for `keys.sendKey()`.
    ///
    /// @param scratch for what the ciphers need besides their output
    static SrtpProtector of(SrtpKeys keys, SrtpProvider provider, BufferPool scratch) {
        return new TransformProtector(provider.transform(keys.profile(), keys.sendKey(), keys.sendSalt(), scratch));
    }

    /// Protects one RTP packet into another buffer, `rtpTagBytes` longer.
    ///
    /// The rollover counter follows the sequence numbers of each SSRC. A sequence number that lies
    /// behind the newest is taken for a retransmission and gives the same bytes again; it must carry
    /// the same packet, since two different packets under one index would give both away. Start an SSRC
    /// with a sequence number below 2^15, so that a loss at the beginning cannot hide a rollover from
    /// the receiver (RFC 3711, section 3.3.1).
    ///
    /// @return SRTP bytes written from the begin of `out`
    /// @throws IllegalArgumentException if the packet's header is not of RTP
    int protectRtp(PlainPacket packet, PacketBuffer out);

    /// Protects one RTCP compound packet into another array, `rtcpOverheadBytes` longer; its index
    /// counts by the SSRC of its first packet.
    ///
    /// @return SRTCP bytes written at `outOffset`
    /// @throws IllegalArgumentException if `packet` is not RTCP
    int protectRtcp(byte[] packet, int length, byte[] out, int outOffset);

    /// Frees native memory, if it has any; it is not used after that. Without it, the garbage collector does so some
    /// time.
    @Override
    void close();
}
