package phasebench.relay.socket;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;

/// Sends each packet by a system call of its own (sendto), through the JDK.
public final class SingleSender implements PacketSender {
    private final WebrtcSocket socket;
    private final RelayMetrics metrics;

    public SingleSender(WebrtcSocket socket, RelayMetrics metrics) {
        this.socket = socket;
        this.metrics = metrics;
    }

    @Override
    public void packet(byte[] packet, int length, InetSocketAddress to) {
        if (socket.sendPatiently(ByteBuffer.wrap(packet, 0, length), to)) {
            metrics.increment(RelayCounter.RTP_PACKETS_OUT);
            metrics.add(RelayCounter.RTP_BYTES_OUT, length);
        }
    }

    @Override
    public void endOfUnit() {}
}
