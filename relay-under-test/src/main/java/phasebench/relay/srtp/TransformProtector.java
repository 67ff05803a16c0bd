package phasebench.relay.srtp;

import phasebench.relay.buffer.PacketBuffer;
import phasebench.relay.buffer.PlainPacket;
import phasebench.relay.rtp.RtpHeader;

/// Counts indices for a transform.
final class TransformProtector implements SrtpProtector {
    private static final int RTCP_HEADER_BYTES = 8;

    private final SrtpTransform transform;
    private final SsrcTable<SendState> states = new SsrcTable<>(SendState::new);

    TransformProtector(SrtpTransform transform) {
        this.transform = transform;
    }

    @Override
    public int protectRtp(PlainPacket packet, PacketBuffer out) {
        byte[] header = packet.header().heapArray();
        int offset = packet.header().offset();
        if (packet.headerBytes() < RtpHeader.FIXED_BYTES || (header[offset] & 0xc0) != 0x80) {
            throw new IllegalArgumentException("not an RTP packet: " + packet.length() + " bytes");
        }
        int ssrc = Bytes.int32(header, offset + 8);
        int sequence = Bytes.int32(header, offset) & 0xffff;
        return transform.sealRtp(packet, out, ssrc, states.findOrAdd(ssrc).nextRtp(sequence));
    }

    @Override
    public int protectRtcp(byte[] packet, int length, byte[] out, int outOffset) {
        if (length < RTCP_HEADER_BYTES || RtpHeader.version(packet) != 2) {
            throw new IllegalArgumentException("not an RTCP packet: " + length + " bytes");
        }
        int ssrc = Bytes.int32(packet, 4);
        return transform.sealRtcp(
                packet, length, out, outOffset, ssrc, states.findOrAdd(ssrc).nextRtcp());
    }

    @Override
    public void close() {
        transform.close();
    }

    private static final class SendState {
        private long highestRtp = -1;
        private int rtcpCount;

        long nextRtp(int sequence) {
            long index = highestRtp < 0 ? sequence : PacketIndex.guess(highestRtp, sequence);
            if (index < 0) {
                throw new IllegalArgumentException("sequence " + sequence + " lies before the first packet");
            }
            highestRtp = Math.max(highestRtp, index);
            return index;
        }

        /// Begins at 0 and may not wrap around (RFC 3711, sections 3.4 and 9.2).
        int nextRtcp() {
            if (rtcpCount < 0) {
                throw new IllegalStateException("2^31 SRTCP packets under one key");
            }
            return rtcpCount++;
        }
    }
}
