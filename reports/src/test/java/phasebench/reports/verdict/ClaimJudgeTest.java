package phasebench.reports.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phasebench.reports.stats.Interval;
import phasebench.scenarios.Claim;
import phasebench.scenarios.ClaimBase;
import phasebench.scenarios.ClaimMetric;
import phasebench.scenarios.ClaimRange;
import phasebench.scenarios.ClaimUnit;

/// The regions of a claim with a margin of 0.5 and a rounding of half the last digit.
class ClaimJudgeTest {
    @ParameterizedTest
    @CsvSource({
        // a range: confirmed from -6 to -2
        "-5, -3, -4.9, -3.1, CONFIRMED",
        "-5, -3, -5.9, -2.1, CONFIRMED",
        "-5, -3, -6.1, -3, INCONCLUSIVE",
        "-5, -3, -12, 4, INCONCLUSIVE",
        "-5, -3, -9, -6.2, EXCEEDED",
        "-5, -3, -1.9, 0.2, REFUTED",
        "-5, -3, 2, 3, REFUTED",
        // one number, as exact as it is written
        "-75, -75, -75.9, -74.1, CONFIRMED",
        "-75, -75, -80, -76.1, EXCEEDED",
        "-84.3, -84.3, -84.9, -83.9, INCONCLUSIVE",
        "-84.3, -84.3, -84.8, -83.8, CONFIRMED",
        // an increase
        "2, 3, 4.2, 5, EXCEEDED",
        "2, 3, 0, 0.9, REFUTED",
        // only a sign, or no change: nothing was rounded
        ", 0, -30, -1, CONFIRMED",
        ", 0, 0.6, 2, REFUTED",
        ", 0, -1, 1, INCONCLUSIVE",
        "0, , 1, 9, CONFIRMED",
        "0, , -9, -0.6, REFUTED",
        "0, 0, -0.4, 0.4, CONFIRMED",
        "0, 0, -3, -0.6, EXCEEDED",
        "0, 0, 0.6, 3, REFUTED",
        "0, 0, -1, 1, INCONCLUSIVE"
    })
    void everyRegionHasItsVerdict(
            @Nullable BigDecimal from, @Nullable BigDecimal to, double low, double high, ClaimVerdict verdict) {
        assertThat(ClaimJudge.judge(change(from, to), interval(low, high), 0.5)).isEqualTo(verdict);
    }

    @Test
    void aLevelIsExceededWhenItEndsLower() {
        Claim level = new Claim(
                ClaimMetric.HEAP,
                Claim.Statement.LEVEL,
                new ClaimRange(new BigDecimal("26"), new BigDecimal("26")),
                ClaimUnit.MEGABYTES,
                ClaimBase.CURRENT,
                "heap 26 MB");
        assertThat(ClaimJudge.judge(level, interval(20, 22), 0.1)).isEqualTo(ClaimVerdict.EXCEEDED);
        assertThat(ClaimJudge.judge(level, interval(30, 31), 0.1)).isEqualTo(ClaimVerdict.REFUTED);
        assertThat(ClaimJudge.judge(level, interval(25.5, 26.5), 0.1)).isEqualTo(ClaimVerdict.CONFIRMED);
    }

    @Test
    void withoutAnIntervalNothingIsKnown() {
        assertThat(ClaimJudge.judge(change(new BigDecimal("-5"), new BigDecimal("-3")), null, 0.5))
                .isEqualTo(ClaimVerdict.INCONCLUSIVE);
    }

    private static Claim change(@Nullable BigDecimal from, @Nullable BigDecimal to) {
        return new Claim(
                ClaimMetric.CPU,
                Claim.Statement.CHANGE,
                new ClaimRange(from, to),
                ClaimUnit.RELATIVE,
                ClaimBase.PARENT,
                "CPU");
    }

    private static Interval interval(double low, double high) {
        return new Interval((low + high) / 2, low, high, 0.95);
    }
}
