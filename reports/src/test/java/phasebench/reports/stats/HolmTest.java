package phasebench.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HolmTest {
    /// R 4, `p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")` gives 0.03 0.06 0.06 0.02.
    @Test
    void adjustsAsRDoes() {
        assertThat(Holm.adjust(new double[] {0.01, 0.04, 0.03, 0.005}))
                .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-12));
        assertThat(Holm.adjust(new double[] {0.5, 0.6})).containsExactly(1, 1);
        assertThat(Holm.adjust(new double[] {})).isEmpty();
    }

    @Test
    void theLevelOfTheFirstThatStandsIsThatOfAllAfterIt() {
        assertThat(Holm.levels(new double[] {0.01, 0.04, 0.03, 0.005}, 0.05))
                .containsExactly(new double[] {0.05 / 3, 0.05 / 2, 0.05 / 2, 0.05 / 4}, within(1e-15));
        assertThat(Holm.levels(new double[] {0.2, 0.001, 0.3}, 0.03))
                .containsExactly(new double[] {0.015, 0.01, 0.015}, within(1e-15));
    }

    @Test
    void aHypothesisIsRejectedByItsLevelExactlyWhenItsAdjustedValueIsBelowAlpha() {
        Random random = new Random(11);
        for (int run = 0; run < 2000; run++) {
            double[] p = random.doubles(1 + random.nextInt(12))
                    .map(u -> u * u * u * 0.3)
                    .toArray();
            double[] adjusted = Holm.adjust(p);
            double[] levels = Holm.levels(p, 0.05);
            for (int i = 0; i < p.length; i++) {
                assertThat(p[i] <= levels[i]).isEqualTo(adjusted[i] <= 0.05);
            }
        }
    }

    @Test
    void whatIsNoProbabilityIsRefused() {
        assertThatThrownBy(() -> Holm.adjust(new double[] {0.1, Double.NaN})).hasMessageContaining("NaN");
        assertThatThrownBy(() -> Holm.levels(new double[] {1.1}, 0.05)).hasMessageContaining("1.1");
    }
}
