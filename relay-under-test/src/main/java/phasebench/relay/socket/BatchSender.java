package phasebench.relay.socket;

import org.jspecify.annotations.Nullable;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.buffer.PacketBuffer;
import phasebench.relay.metrics.RelayMetrics;

/// Sends what lies between two calls of `flush` by as few calls of sendmmsg(2) as a slab allows: one viewer's
/// access unit, or those of all viewers of a shard. With `send: gso`, packets of a viewer's unit share
/// messages (`GsoRun`).
final class BatchSender implements PacketSender {
    private static final int BUSY_WAIT_COUNT = 50;

    /// Sends a slab's messages from the given one on.
    interface Call {
        /// @return how many messages the kernel took, or minus errno when not even the first
        int send(SendSlab slab, int firstMessage);
    }

    private final WebrtcSocket socket;
    private final Call call;
    private final SlabPool slabs;
    private final GsoSwitch gso;
    private final RelayMetrics metrics;
    private final SingleSender oversize;
    private final GsoRun run = new GsoRun();
    private final SendTally tally = new SendTally();
    private @Nullable SendSlab slab;

    BatchSender(
            WebrtcSocket socket, Call call, SlabPool slabs, GsoSwitch gso, BufferPool buffers, RelayMetrics metrics) {
        this.socket = socket;
        this.call = call;
        this.slabs = slabs;
        this.gso = gso;
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
        }
        return current.next();
    }

    @Override
    public void packet(PacketBuffer packet, int length, Destination to) {
        var current = slab;
        if (current == null || packet.array() != null) {
            // what was queued before it goes before it
            flush();
            oversize.packet(packet, length, to);
            return;
        }
        if (gso.isOn() && run.continuesWith(length, to)) {
            current.join(length);
        } else {
            current.add(length, to);
        }
        if (current.isFull()) {
            send(current);
        }
    }

    @Override
    public void endOfUnit() {
        run.end();
    }

    @Override
    public void flush() {
        var current = slab;
        if (current != null) {
            send(current);
            slabs.giveBack(current);
            slab = null;
            tally.publish(metrics);
        }
    }

    private void send(SendSlab batch) {
        run.end();
        int done = 0;
        int attempt = 0;
        while (done < batch.messageCount()) {
            tally.calls++;
            int sent = call.send(batch, done);
            if (sent > 0) {
                count(batch, done, sent);
                done += sent;
                attempt = 0;
                if (done < batch.messageCount()) {
                    tally.partialCalls++;
                }
            } else if (sent == -LinuxSockets.EAGAIN) {
                if (!socket.waitForRoom(attempt++, BUSY_WAIT_COUNT)) {
                    tally.busyPackets += batch.packetCount(done, batch.messageCount() - done);
                    break;
                }
            } else if (batch.packetCount(done) > 1 && gso.refused(-sent)) {
                tally.gsoFallbackPackets += batch.packetCount(done);
                batch.split(done);
            } else {
                // the kernel refused the first one of the rest: without it the others may pass
                tally.refusedPackets += batch.packetCount(done);
                done++;
            }
        }
        batch.clear();
    }

    private void count(SendSlab batch, int firstMessage, int messages) {
        int packets = batch.packetCount(firstMessage, messages);
        tally.packets += packets;
        tally.bytes += batch.packetBytes(firstMessage, messages);
        if (packets > messages) {
            gso.worked();
            countShared(batch, firstMessage, messages);
        }
    }

    private void countShared(SendSlab batch, int firstMessage, int messages) {
        for (int i = firstMessage; i < firstMessage + messages; i++) {
            int packets = batch.packetCount(i);
            if (packets > 1) {
                tally.gsoMessages++;
                tally.gsoPackets += packets;
            }
        }
    }
}
