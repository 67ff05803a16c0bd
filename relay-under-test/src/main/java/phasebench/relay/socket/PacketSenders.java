package phasebench.relay.socket;

import java.io.IOException;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;

/// Makes the sender of each viewer.
public interface PacketSenders {
    PacketSender forViewer();

    /// One system call per packet.
    static PacketSenders single(WebrtcSocket socket, BufferPool buffers, RelayMetrics metrics) {
        return () -> new SingleSender(socket, buffers, metrics);
    }

    /// One system call per access unit; where this machine cannot, says so loudly and sends singly.
    static PacketSenders batch(WebrtcSocket socket, BufferPool buffers, RelayMetrics metrics) {
        try {
            var sockets = LinuxSockets.of(socket.address());
            var slabs = new SlabPool();
            return () -> new BatchSender(socket, (slab, first) -> slab.send(sockets, first), slabs, buffers, metrics);
        } catch (IOException e) {
            metrics.increment(RelayCounter.SEND_FALLBACKS);
            System.err.println("WARNING: send=batch does not work here, packets are sent singly: " + e.getMessage());
            return single(socket, buffers, metrics);
        }
    }
}
