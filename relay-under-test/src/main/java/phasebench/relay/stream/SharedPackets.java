package phasebench.relay.stream;

import java.util.ArrayList;
import java.util.List;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.buffer.PacketBuffer;
import phasebench.relay.rtp.AccessUnit;
import phasebench.relay.rtp.Packetizer;

/// The RTP payloads of one access unit, made once for all viewers; read-only from then on.
public final class SharedPackets {
    private final List<PacketBuffer> payloads;
    private final int[] payloadBytes;

    private SharedPackets(List<PacketBuffer> payloads, int[] payloadBytes) {
        this.payloads = payloads;
        this.payloadBytes = payloadBytes;
    }

    static SharedPackets of(Packetizer packetizer, AccessUnit unit, long unitNumber, BufferPool buffers) {
        var payloads = new ArrayList<PacketBuffer>(packetizer.packetCount(unit));
        var lengths = new int[packetizer.packetCount(unit)];
        packetizer.packetize(unit, unitNumber, (buffer, offset, length, _) -> {
            var payload = buffers.take(length);
            System.arraycopy(buffer, offset, payload.heapArray(), payload.offset(), length);
            lengths[payloads.size()] = length;
            payloads.add(payload);
        });
        return new SharedPackets(payloads, lengths);
    }

    public int count() {
        return payloadBytes.length;
    }

    /// The memory of a payload, from its first byte on.
    public PacketBuffer payload(int index) {
        return payloads.get(index);
    }

    public int payloadBytes(int index) {
        return payloadBytes[index];
    }

    int totalBytes() {
        int bytes = 0;
        for (int length : payloadBytes) {
            bytes += length;
        }
        return bytes;
    }

    void release() {
        payloads.forEach(PacketBuffer::release);
    }
}
