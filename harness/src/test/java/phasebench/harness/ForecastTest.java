package phasebench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Experiments on a clock that the test moves: launch pairs whose warm-up ends by a criterion, 4 to 18 s after its
/// begin, of which the first takes 9 s more, and some have to be repeated. 300 seeded experiments of each size.
class ForecastTest {
    private static final int EXPERIMENTS = 300;
    private static final Duration PLANNED = Duration.ofSeconds(33);

    private long nowMs;

    @ParameterizedTest
    @CsvSource({"12, 0, 0.95", "20, 0, 0.98", "40, 0, 0.99", "12, 5, 0.9", "20, 5, 0.92", "40, 5, 0.98"})
    void afterTheFirstQuarterTheTimeLeftIsKnownToAFifth(int pairs, int percentRepeated, double shareWithin) {
        int within = 0;
        for (int seed = 0; seed < EXPERIMENTS; seed++) {
            double error = errorAfterAQuarter(pairs, percentRepeated / 100.0, new Random(seed));
            within += Math.abs(error) <= 0.2 ? 1 : 0;
        }
        assertThat((double) within / EXPERIMENTS).isGreaterThanOrEqualTo(shareWithin);
    }

    /// Of the forecast, relative to the time that it then takes.
    private double errorAfterAQuarter(int pairs, double repeatShare, Random random) {
        nowMs = 0;
        int repeatsLeft = 3;
        Forecast forecast = new Forecast(() -> Instant.ofEpochMilli(nowMs), PLANNED, repeatsLeft, Duration.ZERO);
        Deque<Integer> ahead = new ArrayDeque<>();
        for (int i = 0; i < pairs; i++) {
            ahead.add(i);
        }
        long forecastMs = -1;
        long forecastAtMs = 0;
        for (int number = 1; !ahead.isEmpty(); number++) {
            ahead.removeFirst();
            forecast.trialBegins(number, number + ahead.size());
            if (forecastMs < 0 && number > pairs / 4) {
                forecastMs = forecast.remaining().toMillis();
                forecastAtMs = nowMs;
            }
            nowMs += Math.round(1000 * ((number == 1 ? 9 : 0) + 24 + 4 + 14 * random.nextDouble()));
            boolean isInvalid = random.nextDouble() < repeatShare;
            forecast.trialEnded(isInvalid);
            if (isInvalid && repeatsLeft > 0) {
                repeatsLeft--;
                ahead.addLast(number);
            }
        }
        double took = nowMs - forecastAtMs;
        return (forecastMs - took) / took;
    }
}
