package phasebench.relay.socket;

import org.jspecify.annotations.Nullable;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.buffer.PacketBuffer;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;

/// Sends the packets of an access unit by one system call, sendmmsg(2), for up to 64 of them.
final class BatchSender implements PacketSender {
    private static final int BUSY_WAIT_COUNT = 50;

    /// Sends a slab's datagrams from the given one on.
    interface Call {
        /// @return how many the kernel took, or minus errno when not even the first
        int send(SendSlab slab, int first);
    }

    private final WebrtcSocket socket;
    private final Call call;
    private final SlabPool slabs;
    private final RelayMetrics metrics;
    private final SingleSender oversize;
    private @Nullable SendSlab slab;
    private @Nullable Destination slabDestination;

    BatchSender(WebrtcSocket socket, Call call, SlabPool slabs, BufferPool buffers, RelayMetrics metrics) {
        this.socket = socket;
        this.call = call;
        this.slabs = slabs;
        this.metrics = metrics;
        this.oversize = new SingleSender(socket, buffers, metrics);
    }

    @Override
    public PacketBuffer next(int bytesMax) {
        if (bytesMax > SendSlab.SLOT_BYTES) {
            return oversize.next(bytesMax);
        }
        var current = slab;
        if (current == null) {
            current = slabs.borrow();
            slab = current;
            slabDestination = null;
        }
        return current.next();
    }

    @Override
    public void packet(PacketBuffer packet, int length, Destination to) {
        var current = slab;
        if (current == null || packet.array() != null) {
            flush();
            oversize.packet(packet, length, to);
            return;
        }
        if (!to.equals(slabDestination)) {
            if (current.count() > 0) {
                // the packet lies behind those of another destination
                throw new IllegalStateException("two destinations without a flush");
            }
            current.to(to.address());
            slabDestination = to;
        }
        current.add(length);
        if (current.isFull()) {
            send(current);
            current.clear();
        }
    }

    @Override
    public void endOfUnit() {}

    @Override
    public void flush() {
        var current = slab;
        if (current != null) {
            send(current);
            slabs.giveBack(current);
            slab = null;
        }
    }

    private void send(SendSlab batch) {
        int done = 0;
        int attempt = 0;
        while (done < batch.count()) {
            metrics.increment(RelayCounter.SEND_CALLS);
            int sent = call.send(batch, done);
            if (sent > 0) {
                count(batch, done, sent);
                done += sent;
                attempt = 0;
                if (done < batch.count()) {
                    metrics.increment(RelayCounter.SEND_PARTIAL);
                }
            } else if (sent == -LinuxSockets.EAGAIN) {
                if (!socket.waitForRoom(attempt++, BUSY_WAIT_COUNT)) {
                    metrics.add(RelayCounter.DROP_SOCKET_BUSY, batch.count() - done);
                    return;
                }
            } else {
                // the kernel refused the first one of the rest: without it the others may pass
                metrics.increment(RelayCounter.DROP_SEND_ERROR);
                done++;
            }
        }
    }

    private void count(SendSlab batch, int first, int sent) {
        long bytes = 0;
        for (int i = first; i < first + sent; i++) {
            bytes += batch.length(i);
        }
        metrics.add(RelayCounter.SEND_DATAGRAMS, sent);
        metrics.add(RelayCounter.RTP_PACKETS_OUT, sent);
        metrics.add(RelayCounter.RTP_BYTES_OUT, bytes);
    }
}
