package phasebench.relay.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// A process that uses 3 us for each unit of its own, and what the plant adds, on a clock that the test moves.
class CpuPriceTest {
    private static final long OWN_NS_PER_UNIT = 3_000;

    private final AtomicLong nowNs = new AtomicLong();
    private final AtomicLong cpuNs = new AtomicLong(5_000_000_000L);
    private final CpuPrice price = new CpuPrice(0.03, cpuNs::get, nowNs::get);
    private final CpuPlant plant = new CpuPlant(price);

    @Test
    void nothingIsBurntBeforeTheRelaysOwnPriceIsKnown() {
        forward(1_000, OWN_NS_PER_UNIT);
        assertThat(price.nsPerUnit()).isZero();
        assertThat(price.burntNs()).isZero();
    }

    @Test
    void aUnitBurnsTheShareOfWhatItCostsWithout() {
        forward(2_000_000, OWN_NS_PER_UNIT);
        assertThat(price.nsPerUnit()).isCloseTo(0.03 * OWN_NS_PER_UNIT, within(1.0));
        long burntBefore = price.burntNs();
        long cpuBefore = cpuNs.get();

        forward(1_000_000, OWN_NS_PER_UNIT);

        double burnt = price.burntNs() - burntBefore;
        double own = cpuNs.get() - cpuBefore - burnt;
        assertThat(burnt / own)
                .as("what is burnt is no part of what it is a share of")
                .isCloseTo(0.03, within(0.0003));
    }

    /// One second in which viewers join: handshakes, and few frames.
    @Test
    void aSecondOfHandshakesIsNotTakenForThePriceOfItsFrames() {
        forward(100, 15_000_000);
        forward(2_000_000, OWN_NS_PER_UNIT);
        assertThat(price.nsPerUnit()).isCloseTo(0.03 * OWN_NS_PER_UNIT, within(1.0));
    }

    @Test
    void theBurnFollowsARelayThatGetsCheaper() {
        forward(2_000_000, 2 * OWN_NS_PER_UNIT);
        forward(8_000_000, OWN_NS_PER_UNIT);
        assertThat(price.nsPerUnit()).isCloseTo(0.03 * OWN_NS_PER_UNIT, within(2.0));
    }

    @Test
    void aBurnLastsAsLongAsItWasAskedFor() {
        long beganNs = System.nanoTime();
        assertThat(Burn.ns(1, 2_000_000)).isNotZero();
        assertThat(System.nanoTime() - beganNs).isGreaterThanOrEqualTo(2_000_000);
        assertThat(Burn.ns(1, 0)).as("nothing burnt").isEqualTo(1);
    }

    /// Whole time passes as the CPU does: one busy core.
    private void forward(int units, long ownNsPerUnit) {
        long burntBefore = price.burntNs();
        for (int i = 0; i < units; i++) {
            long burntNs = price.burntNs();
            plant.endOfUnit();
            long usedNs = ownNsPerUnit + price.burntNs() - burntNs;
            cpuNs.addAndGet(usedNs);
            nowNs.addAndGet(usedNs);
        }
        assertThat(price.burntNs()).isGreaterThanOrEqualTo(burntBefore);
    }
}
