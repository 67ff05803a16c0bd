package phasebench.harness.load.impair;

import org.jspecify.annotations.Nullable;

/// A link of limited rate: a token bucket with a bounded queue in front. What it drops depends on when packets come, so
/// it alone is not repeatable packet by packet.
final class Bottleneck {
    /// What the queue holds at most, as time on the link.
    static final long QUEUE_NS = 200_000_000;

    /// What may pass at once after a pause, as time on the link.
    static final long BURST_NS = 5_000_000;

    /// What [#departure] says of a packet that finds the queue full.
    static final long FULL = -1;

    /// IPv4 and UDP headers, which a link carries too.
    private static final int HEADER_BYTES = 28;

    private final @Nullable Long bitsPerSecond;
    private long freeAtNs = Long.MIN_VALUE;

    Bottleneck(@Nullable Long bitsPerSecond) {
        this.bitsPerSecond = bitsPerSecond;
    }

    /// When a packet is through the link, or [#FULL].
    long departure(long nowNs, int length) {
        Long rate = bitsPerSecond;
        if (rate == null) {
            return nowNs;
        }
        long takesNs = (length + HEADER_BYTES) * 8L * 1_000_000_000L / rate;
        long beginNs = Math.max(freeAtNs, nowNs - BURST_NS);
        if (beginNs - nowNs > QUEUE_NS) {
            return FULL;
        }
        freeAtNs = beginNs + takesNs;
        return Math.max(nowNs, freeAtNs);
    }
}
