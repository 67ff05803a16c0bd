package phasebench.relay.forward;

import java.util.function.LongSupplier;
import phasebench.relay.buffer.PlainPacket;
import phasebench.relay.stream.PacketHistory;

/// `nack: shared`: asks the stream's one history, and remembers only which packets it sent again just now: O(1) per
/// viewer.
///
/// The packet is made anew from the same payload with the same header, and protected under the same index: the same
/// bytes as before (two different packets under one index would give both away; RFC 3711, section 9.1).
final class SharedHistory implements NackAnswer {
    /// What was sent again less than this ago is still under way. Half of the 100 ms after which Chromium asks again
    /// when it knows no round trip time: its repeats come 88 to 120 ms after the request before, and one that is
    /// ignored costs the player another 100 ms.
    static final long REPEAT_NS_MIN = 50_000_000;

    private static final int RECENT_COUNT = 32;

    private final PacketHistory history;
    private final LongSupplier nanoTime;
    private final int[] recentSequences = new int[RECENT_COUNT];
    private final long[] recentNs = new long[RECENT_COUNT];
    private int recentCount;

    /// @param nanoTime as System.nanoTime
    SharedHistory(PacketHistory history, LongSupplier nanoTime) {
        this.history = history;
        this.nanoTime = nanoTime;
    }

    @Override
    public void sent(PlainPacket packet, int sequence) {}

    @Override
    public boolean resend(OutboundTrack track, int sequence) {
        long nowNs = nanoTime.getAsLong();
        if (wasJustSent(sequence, nowNs)) {
            return false;
        }
        long packet = track.streamPacket(sequence);
        var unit = packet < 0 ? null : history.find(packet, nowNs);
        if (unit == null) {
            return false;
        }
        track.retransmit(unit, packet);
        unit.release();
        int slot = recentCount++ % RECENT_COUNT;
        recentSequences[slot] = sequence;
        recentNs[slot] = nowNs;
        return true;
    }

    @Override
    public void close() {}

    private boolean wasJustSent(int sequence, long nowNs) {
        for (int i = 0; i < Math.min(recentCount, RECENT_COUNT); i++) {
            if (recentSequences[i] == sequence && nowNs - recentNs[i] < REPEAT_NS_MIN) {
                return true;
            }
        }
        return false;
    }
}
