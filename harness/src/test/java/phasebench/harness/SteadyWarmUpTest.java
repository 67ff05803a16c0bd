package phasebench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import phasebench.reports.rundir.ProcessReading;
import phasebench.reports.rundir.ThreadRoleReading;
import phasebench.reports.rundir.WarmUpEvidence;
import phasebench.scenarios.TrialTiming;

/// A relay whose CPU and JIT follow a script, second by second, on a clock of its own.
class SteadyWarmUpTest {
    private static final TrialTiming TEN_TO_TWENTY = new TrialTiming(
            Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ZERO, Duration.ofSeconds(20), 0.03);

    private long atNs = 5_000_000_000L;
    private long cpuNs = 1_000_000_000L;
    private long jitNs = 900_000_000L;

    /// What one window uses, in ms of 2000.
    private record Script(long cpuMs, long jitMs) {}

    private final Deque<Script> scripts = new ArrayDeque<>();
    private int windows;

    private WarmUpEvidence warmUp(Script... perWindow) throws Exception {
        scripts.addAll(List.of(perWindow));
        return new SteadyWarmUp(TEN_TO_TWENTY, this::reading, this::pass).run(atNs);
    }

    private ProcessReading reading() {
        return new ProcessReading(
                atNs,
                cpuNs,
                List.of(new ThreadRoleReading("jit", 2, jitNs, 0), new ThreadRoleReading("forwarder", 1, cpuNs, 0)),
                0,
                0,
                0,
                0,
                0,
                0,
                Map.of(),
                Map.of());
    }

    private void pass(Duration time) {
        atNs += time.toNanos();
        if (time.equals(Duration.ofSeconds(2))) {
            windows++;
            Script script = scripts.size() > 1 ? scripts.removeFirst() : scripts.getFirst();
            cpuNs += script.cpuMs() * 1_000_000;
            jitNs += script.jitMs() * 1_000_000;
        }
    }

    @Test
    void aQuietRelayIsMeasuredAfterTheLeastTimeAndTwoWindows() throws Exception {
        WarmUpEvidence seen = warmUp(new Script(600, 6));

        assertThat(seen.isQuiet()).isTrue();
        assertThat(seen.stretches()).hasSize(2);
        assertThat(seen.tookNs()).isEqualTo(14_000_000_000L);
        assertThat(seen.stretches().getLast().rate()).isCloseTo(0.3, within(1e-9));
        assertThat(seen.stretches().getLast().jitShare()).isCloseTo(0.01, within(1e-9));
    }

    @Test
    void aCompilingRelayIsWaitedForAndOneQuietWindowIsNotEnough() throws Exception {
        WarmUpEvidence seen = warmUp(new Script(600, 6), new Script(600, 60), new Script(600, 6), new Script(600, 6));

        assertThat(seen.isQuiet()).isTrue();
        assertThat(seen.stretches()).hasSize(4);
    }

    @Test
    void aRelayWhoseCpuStillFallsIsWaitedForThoughItsJitIsQuiet() throws Exception {
        WarmUpEvidence seen = warmUp(new Script(900, 6), new Script(700, 6), new Script(600, 6), new Script(590, 6));

        assertThat(seen.isQuiet()).isTrue();
        assertThat(seen.stretches()).hasSize(4);
    }

    @Test
    void aRelayThatNeverBecomesQuietIsGivenUpAtTheLongestTimeAndItsShareIsSaid() throws Exception {
        WarmUpEvidence seen = warmUp(new Script(600, 60));

        assertThat(seen.isQuiet()).isFalse();
        assertThat(seen.tookNs()).isEqualTo(20_000_000_000L);
        assertThat(windows).isEqualTo(5);
        assertThat(seen.lastInWords()).isEqualTo("JIT 10.0 %, then 10.0 %; CPU 30.0 % of a core, then 30.0 %");
    }

    @Test
    void aRelayThatDoesNothingIsQuiet() throws Exception {
        assertThat(warmUp(new Script(0, 0)).isQuiet()).isTrue();
    }
}
