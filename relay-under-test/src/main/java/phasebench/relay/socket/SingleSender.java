package phasebench.relay.socket;

import phasebench.relay.buffer.BufferPool;
import phasebench.relay.buffer.PacketBuffer;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;

/// Sends each packet by a system call of its own (sendto), through the JDK.
final class SingleSender implements PacketSender {
    private final WebrtcSocket socket;
    private final BufferPool buffers;
    private final RelayMetrics metrics;

    SingleSender(WebrtcSocket socket, BufferPool buffers, RelayMetrics metrics) {
        this.socket = socket;
        this.buffers = buffers;
        this.metrics = metrics;
    }

    @Override
    public PacketBuffer next(int bytesMax) {
        return buffers.take(bytesMax);
    }

    @Override
    public void packet(PacketBuffer packet, int length, Destination to) {
        if (socket.sendPatiently(packet.view(length), to.address())) {
            metrics.increment(RelayCounter.RTP_PACKETS_OUT);
            metrics.add(RelayCounter.RTP_BYTES_OUT, length);
        }
        packet.release();
    }

    @Override
    public void endOfUnit() {}

    @Override
    public void flush() {}
}
