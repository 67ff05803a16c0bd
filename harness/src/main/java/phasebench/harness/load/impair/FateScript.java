package phasebench.harness.load.impair;

import phasebench.scenarios.Impairment;

/// The fates of the packets of one kind that go one way between one viewer and the relay, in order: the n-th follows
/// from seed, viewer, way, kind and n alone, whatever happens to others and whenever it comes.
final class FateScript {
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;
    private static final int DRAWS = 4;

    private final Impairment impairment;
    private final long key;
    private final double burstBegins;
    private final double burstEnds;
    private long position;
    private boolean isInBurst;

    /// @param flow tells ways and kinds apart
    FateScript(Impairment impairment, long seed, int viewer, int flow) {
        this.impairment = impairment;
        this.key = mix(mix(seed + GOLDEN) + viewer * 0x100L + flow);
        double loss = impairment.lossShare();
        this.burstEnds = 1 / impairment.meanBurst();
        this.burstBegins = loss >= 1 ? 1 : Math.min(1, burstEnds * loss / (1 - loss));
        restart();
    }

    /// Begins again at the first packet.
    void restart() {
        position = 0;
        isInBurst = draw(-1, 0) < impairment.lossShare();
    }

    Fate next() {
        long n = position++;
        boolean isLost = isLost(draw(n, 0));
        long jitterNs = (long) (draw(n, 3) * impairment.jitter().toNanos());
        return new Fate(
                isLost,
                draw(n, 1) < impairment.reorderShare(),
                draw(n, 2) < impairment.duplicateShare(),
                impairment.delay().toNanos() + jitterNs);
    }

    /// Two states, all lost in the one and none in the other (Gilbert, Bell System Technical Journal 39, 1960): the
    /// share of time in the first is the loss, its mean stay the mean burst.
    private boolean isLost(double drawn) {
        if (impairment.meanBurst() == 1 || impairment.lossShare() >= 1) {
            return drawn < impairment.lossShare();
        }
        isInBurst = isInBurst ? drawn >= burstEnds : drawn < burstBegins;
        return isInBurst;
    }

    /// Uniform in [0, 1).
    private double draw(long n, int which) {
        return (mix(key + (n * DRAWS + which) * GOLDEN) >>> 11) * 0x1p-53;
    }

    /// Finalizer of SplitMix64 (Steele, Lea, Flood 2014).
    private static long mix(long z) {
        z = (z ^ z >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        z = (z ^ z >>> 27) * 0x94d0_49bb_1331_11ebL;
        return z ^ z >>> 31;
    }
}
