package phasebench.relay.forward;

import java.nio.ByteBuffer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.buffer.PlainPacket;
import phasebench.relay.socket.Destination;
import phasebench.relay.socket.PacketSender;
import phasebench.relay.srtp.SrtpProfile;
import phasebench.relay.srtp.SrtpProtector;

/// Protects one viewer's packets and hands them to the socket. Owned by the thread that writes to the viewer.
public final class ViewerEgress {
    private final SrtpProfile profile;
    private final SrtpProtector protector;
    private final BufferPool buffers;
    private final PacketSender media;
    private final Predicate<ByteBuffer> now;
    private final Supplier<Destination> to;

    /// @param now sends a datagram at once, and says whether the kernel took it
    /// @param to where the viewer is now
    public ViewerEgress(
            SrtpProfile profile,
            SrtpProtector protector,
            BufferPool buffers,
            PacketSender media,
            Predicate<ByteBuffer> now,
            Supplier<Destination> to) {
        this.profile = profile;
        this.protector = protector;
        this.buffers = buffers;
        this.media = media;
        this.now = now;
        this.to = to;
    }

    void rtp(PlainPacket packet) {
        var srtp = media.next(packet.length() + profile.rtpTagBytes());
        int length = protector.protectRtp(packet, srtp);
        media.packet(srtp, length, to.get());
    }

    /// Sends a packet a second time; it is cost, and no forwarded packet.
    ///
    /// @return whether the kernel took it
    boolean retransmission(PlainPacket packet) {
        var srtp = buffers.take(packet.length() + profile.rtpTagBytes());
        int length = protector.protectRtp(packet, srtp);
        boolean isSent = now.test(srtp.view(length));
        srtp.release();
        return isSent;
    }

    void endOfUnit() {
        media.endOfUnit();
    }

    void flush() {
        media.flush();
    }

    /// @return whether the kernel took it
    boolean rtcp(byte[] packet) {
        var srtcp = new byte[packet.length + profile.rtcpOverheadBytes()];
        int length = protector.protectRtcp(packet, packet.length, srtcp, 0);
        return now.test(ByteBuffer.wrap(srtcp, 0, length));
    }

    /// Protects nothing any more.
    void close() {
        protector.close();
    }
}
