package phasebench.harness.load.impair;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phasebench.scenarios.Direction;
import phasebench.scenarios.Impairment;

/// Shares are held against exact binomial intervals of 99.9 %; all is seeded, so a test that passes once passes always.
class FateScriptTest {
    private static final int PACKETS = 50_000;

    private static Impairment loss(double share, double meanBurst) {
        return new Impairment(share, meanBurst, Duration.ZERO, Duration.ZERO, 0, 0, null, Direction.MEDIA);
    }

    private static List<Fate> fates(FateScript script, int count) {
        List<Fate> fates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            fates.add(script.next());
        }
        return fates;
    }

    private static Impairment all() {
        return new Impairment(0.05, 3, Duration.ofMillis(20), Duration.ofMillis(10), 0.02, 0.01, null, Direction.MEDIA);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0001, 0.01, 0.05, 0.5})
    void theShareSetIsTheShareLost(double share) {
        long lost = fates(new FateScript(loss(share, 1), 7, 0, 0), PACKETS).stream()
                .filter(Fate::isLost)
                .count();
        ExactBinomial range = ExactBinomial.range(PACKETS, share, 0.001);

        assertThat(lost).isBetween(range.low(), range.high());
    }

    @Test
    void lossesInBurstsHaveTheirShareAndTheirMeanLength() {
        double share = 0.05;
        double meanBurst = 4;
        List<Fate> fates = fates(new FateScript(loss(share, meanBurst), 7, 0, 0), 4 * PACKETS);
        long lost = 0;
        long bursts = 0;
        for (int i = 0; i < fates.size(); i++) {
            lost += fates.get(i).isLost() ? 1 : 0;
            bursts += fates.get(i).isLost() && (i == 0 || !fates.get(i - 1).isLost()) ? 1 : 0;
        }
        // a chain of two states: the variance of a share is (1 + r) / (1 - r) times the binomial one, r its
        // correlation from packet to packet
        double correlation = 1 - 1 / meanBurst - share / (1 - share) / meanBurst;
        double variance = share * (1 - share) / fates.size() * (1 + correlation) / (1 - correlation);

        assertThat((double) lost / fates.size() - share)
                .isBetween(-3.3 * Math.sqrt(variance), 3.3 * Math.sqrt(variance));
        // a geometric length of mean m has standard deviation sqrt(m (m - 1))
        double deviation = Math.sqrt(meanBurst * (meanBurst - 1) / bursts);
        assertThat((double) lost / bursts - meanBurst).isBetween(-3.3 * deviation, 3.3 * deviation);
    }

    @Test
    void shareOneLosesAllAndShareZeroNone() {
        assertThat(fates(new FateScript(loss(1, 5), 7, 0, 0), 100)).allMatch(Fate::isLost);
        assertThat(fates(new FateScript(loss(0, 5), 7, 0, 0), 100)).noneMatch(Fate::isLost);
    }

    @Test
    void theSameSeedViewerAndFlowHaveTheSameFates() {
        List<Fate> first = fates(new FateScript(all(), 7, 3, 1), 2000);

        assertThat(fates(new FateScript(all(), 7, 3, 1), 2000)).isEqualTo(first);
    }

    @Test
    void anotherSeedViewerOrFlowHasOthers() {
        List<Fate> first = fates(new FateScript(all(), 7, 3, 1), 2000);

        assertThat(fates(new FateScript(all(), 8, 3, 1), 2000)).isNotEqualTo(first);
        assertThat(fates(new FateScript(all(), 7, 4, 1), 2000)).isNotEqualTo(first);
        assertThat(fates(new FateScript(all(), 7, 3, 2), 2000)).isNotEqualTo(first);
    }

    @Test
    void aRestartBeginsAgain() {
        FateScript script = new FateScript(all(), 7, 3, 1);
        List<Fate> first = fates(script, 500);
        script.restart();

        assertThat(fates(script, 500)).isEqualTo(first);
    }

    @Test
    void delaysSpreadOverTheJitter() {
        List<Long> delays = new ArrayList<>(fates(new FateScript(all(), 7, 0, 0), 5000).stream()
                .map(Fate::delayNs)
                .toList());

        assertThat(delays).allMatch(delay -> delay >= 20_000_000 && delay < 30_000_000);
        assertThat(Collections.min(delays)).isLessThan(20_100_000);
        assertThat(Collections.max(delays)).isGreaterThan(29_900_000);
    }
}
