package phasebench.relay.plant;

/// CPU time spent for nothing, of a known length: work that touches no memory, with an eye on the clock. A number of
/// steps takes longer beside a busy neighbour than when it was timed: planted as steps, 3 % came out as 3.5 %.
final class Burn {
    /// Steps between two looks at the clock, about 30 ns.
    private static final int STEPS = 16;

    private Burn() {}

    /// Burns. A thread that loses its core meanwhile burns less than it was asked for.
    ///
    /// @param from not 0
    /// @return what came of the work; keep it, or the JIT drops it
    static long ns(long from, long ns) {
        long beganNs = System.nanoTime();
        long at = from;
        while (System.nanoTime() - beganNs < ns) {
            at = steps(at);
        }
        return at;
    }

    /// Steps of a xorshift generator (Marsaglia 2003, 13/7/17), each of which waits for the one before.
    private static long steps(long from) {
        long at = from;
        for (int i = 0; i < STEPS; i++) {
            at ^= at << 13;
            at ^= at >>> 7;
            at ^= at << 17;
        }
        return at;
    }
}
