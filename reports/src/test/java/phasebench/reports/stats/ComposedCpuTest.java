package phasebench.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import phasebench.reports.stats.ComposedCpu.Prices;

class ComposedCpuTest {
    /// A packet costs 100 and 50 ns, a million a second; a viewer-second 1 and 2 ms, 50 viewers: 0.10 + 0.05 cores
    /// against 0.05 + 0.10.
    private static final Prices IDLE = new Prices(List.of(1e6, 1e6), List.of(2e6, 2e6));

    @Test
    void aSavingPerPacketAndACostPerSecondMayCancel() {
        ComposedCpu cpu = ComposedCpu.of(new Prices(List.of(100.0), List.of(50.0)), IDLE, 1e6, 50, 0.95);

        assertThat(cpu.baselineCores()).isCloseTo(0.15, within(1e-12));
        assertThat(cpu.candidateCores()).isCloseTo(0.15, within(1e-12));
        assertThat(cpu.ratio()).isCloseTo(1, within(1e-12));
        assertThat(cpu.baselineIdleShare()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(cpu.candidateIdleShare()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(cpu.interval()).isNull();
    }

    /// By hand: of the candidate's CPU a third goes by the packet, so that a deviation of 1 % in its price
    /// moves the sum by 1/3 %; two pairs at +1 % and -1 % have a standard error of 1/3 %, and t(0.975, 1) is
    /// 12.7062.
    @Test
    void theIntervalWeighsEachPriceByItsShare() {
        Prices media = new Prices(List.of(100.0, 100.0), List.of(50 * Math.exp(0.01), 50 * Math.exp(-0.01)));

        Interval interval = Objects.requireNonNull(
                ComposedCpu.of(media, IDLE, 1e6, 50, 0.95).interval());

        assertThat(interval.estimate()).isCloseTo(1, within(1e-12));
        assertThat(Math.log(interval.high())).isCloseTo(12.7062047 * 0.01 / 3, within(1e-8));
        assertThat(Math.log(interval.low())).isCloseTo(-12.7062047 * 0.01 / 3, within(1e-8));
    }

    @Test
    void withoutIdleWorkItIsTheIntervalOfTheLogRatios() {
        Prices media = new Prices(List.of(100.0, 104.0, 97.0, 101.0), List.of(52.0, 53.0, 49.0, 52.5));
        double[] logs = {Math.log(52.0 / 100), Math.log(53.0 / 104), Math.log(49.0 / 97), Math.log(52.5 / 101)};
        Interval expected = StudentT.ofMean(logs, 0.95);

        Interval interval =
                Objects.requireNonNull(ComposedCpu.of(media, IDLE, 1e6, 0, 0.95).interval());

        assertThat(Math.log(interval.estimate())).isCloseTo(expected.estimate(), within(1e-12));
        assertThat(Math.log(interval.low())).isCloseTo(expected.low(), within(1e-12));
        assertThat(Math.log(interval.high())).isCloseTo(expected.high(), within(1e-12));
    }

    @Test
    void whatDisturbsBothOfAPairCancels() {
        Prices media = new Prices(List.of(100.0, 150.0, 80.0), List.of(50.0, 75.0, 40.0));

        Interval interval =
                Objects.requireNonNull(ComposedCpu.of(media, IDLE, 1e6, 0, 0.95).interval());

        assertThat(interval.high() - interval.low()).isLessThan(1e-9);
    }

    /// Monte Carlo: 2000 experiments of 6 and 4 pairs, with noise of 10 % that both relays of a pair share
    /// and 1 % that they do not; the share of 95 % intervals that hold the true ratio lies within its
    /// binomial limits, or above: with so few pairs Satterthwaite's interval is a little wide.
    @Test
    void nineteenOfTwentyIntervalsHoldTheTruth() {
        Random random = new Random(20261122);
        double truth = (80 * 1e6 + 0.7e6 * 50) / (100 * 1e6 + 1e6 * 50);
        int held = 0;
        for (int i = 0; i < 2000; i++) {
            Prices media = noisy(random, 100, 80, 6);
            Prices idle = noisy(random, 1e6, 0.7e6, 4);
            held += Objects.requireNonNull(
                                    ComposedCpu.of(media, idle, 1e6, 50, 0.95).interval())
                            .contains(truth)
                    ? 1
                    : 0;
        }
        assertThat(held / 2000.0).isBetween(0.935, 0.985);
    }

    private static Prices noisy(Random random, double baseline, double candidate, int n) {
        List<Double> baselines = new ArrayList<>();
        List<Double> candidates = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double common = 0.1 * random.nextGaussian();
            baselines.add(baseline * Math.exp(common + 0.01 * random.nextGaussian()));
            candidates.add(candidate * Math.exp(common + 0.01 * random.nextGaussian()));
        }
        return new Prices(baselines, candidates);
    }

    @Test
    void whatIsNoPairOrNoPriceIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Prices(List.of(), List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Prices(List.of(1.0), List.of(1.0, 2.0)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Prices(List.of(1.0), List.of(Double.NaN)))
                .withMessage("a price is not positive");
    }
}
