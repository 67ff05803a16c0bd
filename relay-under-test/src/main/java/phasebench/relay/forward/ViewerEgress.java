package phasebench.relay.forward;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import phasebench.relay.socket.PacketSender;
import phasebench.relay.srtp.SrtpKeys;
import phasebench.relay.srtp.SrtpProfile;
import phasebench.relay.srtp.SrtpProtector;

/// Protects one viewer's packets and hands them to the socket. Owned by the viewer's writer thread.
public final class ViewerEgress {
    private final SrtpProfile profile;
    private final SrtpProtector protector;
    private final PacketSender media;
    private final Consumer<ByteBuffer> control;
    private final Supplier<InetSocketAddress> to;

    /// @param control sends RTCP
    /// @param to where the viewer is now
    public ViewerEgress(
            SrtpKeys keys, PacketSender media, Consumer<ByteBuffer> control, Supplier<InetSocketAddress> to) {
        this.profile = keys.profile();
        this.protector = SrtpProtector.of(keys);
        this.media = media;
        this.control = control;
        this.to = to;
    }

    void rtp(byte[] packet) {
        var srtp = new byte[packet.length + profile.rtpTagBytes()];
        int length = protector.protectRtp(packet, packet.length, srtp, 0);
        media.packet(srtp, length, to.get());
    }

    void endOfUnit() {
        media.endOfUnit();
    }

    void rtcp(byte[] packet) {
        var srtcp = new byte[packet.length + profile.rtcpOverheadBytes()];
        int length = protector.protectRtcp(packet, packet.length, srtcp, 0);
        control.accept(ByteBuffer.wrap(srtcp, 0, length));
    }
}
