package phasebench.relay.socket;

import java.io.IOException;
import java.util.function.Supplier;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;

/// Makes the senders of one socket.
public interface PacketSenders {
    /// The sender of one viewer, or of all viewers that one thread serves.
    PacketSender forViewer();

    /// How they send now, which need not be what was asked for: a way that does not work here is left for a
    /// simpler one, at the start or at the first refusal. Any thread.
    SendKind kind();

    /// One system call per packet.
    static PacketSenders single(WebrtcSocket socket, BufferPool buffers, RelayMetrics metrics) {
        return new Made(() -> new SingleSender(socket, buffers, metrics), () -> SendKind.SINGLE);
    }

    /// One system call for what lies between two flushes, each packet a message; where this machine cannot,
    /// says so loudly and sends singly.
    static PacketSenders batch(WebrtcSocket socket, BufferPool buffers, RelayMetrics metrics) {
        try {
            return slabs(socket, socket.descriptor(), GsoSwitch.off(metrics), buffers, metrics);
        } catch (IOException e) {
            metrics.increment(RelayCounter.SEND_FALLBACKS);
            System.err.println("WARNING: send=batch does not work here, packets are sent singly: " + e.getMessage());
            return single(socket, buffers, metrics);
        }
    }

    /// As `batch`, and the packets of a viewer's access unit share messages; where this kernel cannot, says
    /// so loudly and sends batches.
    static PacketSenders gso(WebrtcSocket socket, BufferPool buffers, RelayMetrics metrics) {
        try {
            var descriptor = socket.descriptor();
            descriptor.requireSegmentation();
            return slabs(socket, descriptor, GsoSwitch.on(metrics), buffers, metrics);
        } catch (IOException e) {
            metrics.increment(RelayCounter.SEND_FALLBACKS);
            System.err.println(
                    "WARNING: send=gso does not work here, packets are sent as with send=batch: " + e.getMessage());
            return batch(socket, buffers, metrics);
        }
    }

    /// One way of sending.
    record Made(Supplier<PacketSender> maker, Supplier<SendKind> now) implements PacketSenders {
        @Override
        public PacketSender forViewer() {
            return maker.get();
        }

        @Override
        public SendKind kind() {
            return now.get();
        }
    }

    private static PacketSenders slabs(
            WebrtcSocket socket, LinuxSockets descriptor, GsoSwitch gso, BufferPool buffers, RelayMetrics metrics) {
        var slabs = new SlabPool();
        // a descriptor that was closed may be another socket's by now
        BatchSender.Call call =
                (slab, firstMessage) -> socket.isOpen() ? slab.send(descriptor, firstMessage) : -LinuxSockets.EBADF;
        return new Made(
                () -> new BatchSender(socket, call, slabs, gso, buffers, metrics),
                () -> gso.isOn() ? SendKind.GSO : SendKind.BATCH);
    }
}
