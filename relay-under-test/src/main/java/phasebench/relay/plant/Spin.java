package phasebench.relay.plant;

/// Work of a known size that touches no memory: each step waits for the one before it, so that it takes the same time
/// whatever else the core does, and neither compiler nor processor can shorten it.
final class Spin {
    private static final int BURST_STEPS = 20_000;
    private static final long CALIBRATION_NS = 150_000_000;

    private Spin() {}

    /// Steps of a xorshift generator (Marsaglia 2003, 13/7/17).
    ///
    /// @param from not 0
    /// @return where they lead; keep it, or the JIT drops the work
    static long steps(long from, int count) {
        long at = from;
        for (int i = 0; i < count; i++) {
            at ^= at << 13;
            at ^= at >>> 7;
            at ^= at << 17;
        }
        return at;
    }

    /// What a step takes here: the least of many bursts, because others can only make one longer. Takes 150 ms, in
    /// which the JIT gets to the loop.
    static double nsPerStep() {
        long beganNs = System.nanoTime();
        long leastNs = Long.MAX_VALUE;
        long at = 1;
        for (long nowNs = beganNs; nowNs - beganNs < CALIBRATION_NS; ) {
            at = steps(at, BURST_STEPS);
            long endNs = System.nanoTime();
            leastNs = Math.min(leastNs, endNs - nowNs);
            nowNs = endNs;
        }
        if (at == 0) {
            throw new AssertionError("a xorshift generator never reaches 0");
        }
        return (double) leastNs / BURST_STEPS;
    }
}
