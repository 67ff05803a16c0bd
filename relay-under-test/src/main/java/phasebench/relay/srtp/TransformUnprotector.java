package phasebench.relay.srtp;

import org.jspecify.annotations.Nullable;
import phasebench.relay.rtp.RtpHeader;

/// Guesses indices and keeps replay windows for a transform (RFC 3711, section 3.3).
final class TransformUnprotector implements SrtpUnprotector {
    private static final int RTCP_HEADER_BYTES = 8;

    private final SrtpTransform transform;
    private final SsrcTable<ReplayWindow> rtpWindows = new SsrcTable<>(ReplayWindow::new);
    private final SsrcTable<ReplayWindow> rtcpWindows = new SsrcTable<>(ReplayWindow::new);
    private long authenticationFailures;
    private long replays;

    TransformUnprotector(SrtpTransform transform) {
        this.transform = transform;
    }

    @Override
    public int unprotectRtp(byte[] packet, int length, byte[] out) {
        int headerBytes = RtpHeader.headerLength(packet, length);
        if (headerBytes < 0) {
            authenticationFailures++;
            return -1;
        }
        int ssrc = Bytes.int32(packet, 8);
        int sequence = RtpHeader.sequence(packet);
        ReplayWindow window = rtpWindows.find(ssrc);
        long index = window == null ? sequence : PacketIndex.guess(window.highest(), sequence);
        if (isReplay(rtpWindows, window, index)) {
            return -1;
        }
        return accept(transform.openRtp(packet, headerBytes, length, out, ssrc, index), rtpWindows, ssrc, index);
    }

    @Override
    public int unprotectRtcp(byte[] packet, int length, byte[] out) {
        int indexOffset = transform.rtcpIndexOffset(length);
        // A packet without the encryption flag is not what the profile agreed on (RFC 5764, section 4.1.2).
        if (indexOffset < RTCP_HEADER_BYTES || RtpHeader.version(packet) != 2 || packet[indexOffset] >= 0) {
            authenticationFailures++;
            return -1;
        }
        int ssrc = Bytes.int32(packet, 4);
        int index = Bytes.int32(packet, indexOffset) & 0x7fff_ffff;
        if (isReplay(rtcpWindows, rtcpWindows.find(ssrc), index)) {
            return -1;
        }
        return accept(transform.openRtcp(packet, length, out, ssrc, index), rtcpWindows, ssrc, index);
    }

    private boolean isReplay(SsrcTable<ReplayWindow> windows, @Nullable ReplayWindow window, long index) {
        boolean isReplay = window == null ? windows.isFull() : !window.accepts(index);
        if (isReplay) {
            replays++;
        }
        return isReplay;
    }

    /// Only an authentic packet may move a window or add an SSRC.
    private int accept(int openedBytes, SsrcTable<ReplayWindow> windows, int ssrc, long index) {
        if (openedBytes < 0) {
            authenticationFailures++;
        } else {
            windows.findOrAdd(ssrc).add(index);
        }
        return openedBytes;
    }

    @Override
    public long authenticationFailures() {
        return authenticationFailures;
    }

    @Override
    public long replays() {
        return replays;
    }

    @Override
    public void close() {
        transform.close();
    }
}
