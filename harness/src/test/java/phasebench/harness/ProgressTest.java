package phasebench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import phasebench.harness.plan.ExperimentPlan;
import phasebench.reports.rundir.TrialOutcome;

class ProgressTest {
    @Test
    void theForecastLearnsFromTheTrialsSoFar() {
        AtomicLong nowMs = new AtomicLong(0);
        Forecast forecast =
                new Forecast(() -> Instant.ofEpochMilli(nowMs.get()), Duration.ofSeconds(20), 0, Duration.ZERO);

        forecast.trialBegins(1, 3);
        assertThat(forecast.remaining()).isEqualTo(Duration.ofSeconds(60));
        nowMs.set(5_000);
        assertThat(forecast.remaining()).isEqualTo(Duration.ofSeconds(55));
        nowMs.set(30_000);
        forecast.trialEnded(false);
        forecast.trialBegins(2, 3);
        assertThat(forecast.remaining()).as("the first is no rule").isEqualTo(Duration.ofSeconds(40));
        nowMs.set(60_000);
        forecast.trialEnded(false);
        forecast.trialBegins(3, 3);
        assertThat(forecast.remaining()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void theLiveLineSaysStageTrialAndTimeToGo() {
        LiveLine.State state = new LiveLine.State("02-srtp-gcm", 3, 15, "window", 0, 8);

        assertThat(LiveLine.line(state, 5_000_000_000L, Duration.ofSeconds(245)))
                .isEqualTo("[==>                  ] trial 3 of 15 02-srtp-gcm: window 5 of 8 s, 4 min 05 s to go");
        assertThat(LiveLine.line(new LiveLine.State("x", 1, 1, "stopping", 0, 0), 5, Duration.ZERO))
                .isEqualTo("[>                    ] trial 1 of 1 x: stopping, 0 s to go");
    }

    @Test
    void theTerminalsWidthIsReadWhereItIsKnown() {
        assertThat(TerminalWidth.parse("30 100\n")).contains(100);
        assertThat(TerminalWidth.parse("0 0\n")).isEmpty();
        assertThat(TerminalWidth.parse("")).isEmpty();
    }

    @Test
    void aLogGetsPlainLines() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ExperimentPlan plan = ExperimentPlan.of(Samples.experiment(1, 0, Samples.variant("a", Map.of())));
        try (Progress progress = new PlainLines(new PrintStream(bytes, true, StandardCharsets.UTF_8))) {
            progress.begin(plan, Duration.ofSeconds(90));
            progress.trial("01-a", 1, 1);
            progress.stage("window", Duration.ofSeconds(1));
            progress.ended("01-a", new TrialOutcome.Invalid(List.of("machine disturbed", "b")));
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("trial 1 of 1: 01-a, 1 min 38 s to go", "  invalid: machine disturbed; b");
    }
}
