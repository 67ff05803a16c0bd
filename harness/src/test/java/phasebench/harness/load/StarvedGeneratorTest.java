package phasebench.harness.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import phasebench.harness.Samples;
import phasebench.harness.load.viewer.ReflectorRelay;
import phasebench.harness.load.viewer.ReflectorRelay.Mood;
import phasebench.harness.load.wire.SrtpProfile;
import phasebench.harness.machine.CpuTopology;
import phasebench.harness.plan.TrialValidity;
import phasebench.harness.plan.ValidityLimits;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.ProcessReading;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.scenarios.Drive;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.StreamSpec;
import phasebench.scenarios.Transport;
import phasebench.scenarios.TrialTiming;
import phasebench.scenarios.ViewerLoad;

/// A generator at the lowest weight (15 of nice 19 against 1024, sched(7)) beside four busy loops on its core: it gets
/// less than a hundredth of it.
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class StarvedGeneratorTest {
    private static final int BUSY_LOOPS = 4;
    private static final int WINDOW_MILLIS = 3000;
    private static final Scenario SCENARIO = new Scenario(
            "starved",
            "",
            List.of(new StreamSpec("cam", new MediaSource.Synthetic(30, 2, 200), Transport.TCP)),
            new ViewerLoad(2, 1, 1),
            new Drive.Open(),
            new TrialTiming(
                    Duration.ofMillis(100), Duration.ZERO, Duration.ofMillis(WINDOW_MILLIS), Duration.ofMillis(200)));

    @TempDir
    private Path folder;

    private static List<Process> busyLoops(String core) throws IOException {
        List<Process> loops = new ArrayList<>();
        for (int i = 0; i < BUSY_LOOPS; i++) {
            // bounded by itself too, should this test be killed
            loops.add(new ProcessBuilder(
                            "taskset", "--cpu-list", core, "timeout", "20", "sh", "-c", "while :; do :; done")
                    .start());
        }
        return loops;
    }

    private static TrialOutcome judge(LoadEvidence load) {
        long sent = load.packetsReceived() + load.packetsLost();
        ProcessReading before = Samples.reading(0, 0);
        ProcessReading after = new ProcessReading(
                load.windowNs(),
                0,
                List.of(),
                0,
                0,
                0,
                0,
                0,
                0,
                Map.of("relay_rtp_packets_out_total", (double) sent),
                Map.of());
        return new TrialValidity(SCENARIO, TrialValidity.CoreSharing.SHARED, ValidityLimits.DEFAULT)
                .judge(load, before, after);
    }

    @Test
    void aStarvedGeneratorYieldsInvalidAndTheFigure() throws Exception {
        String core = String.valueOf(CpuTopology.read().allowedCores().getLast());
        List<String> prefix = List.of("taskset", "--cpu-list", core, "nice", "-n", "19");
        LoadEvidence load;
        try (ReflectorRelay relay = new ReflectorRelay(SrtpProfile.AEAD_AES_128_GCM, Mood.WILLING);
                LoadGenerator generator = LoadGenerator.start(
                        prefix, Path.of(System.getProperty("java.home")), folder.resolve("load.log"))) {
            generator.prepare(SCENARIO, new LoadTargets(relay.rtspUri(), relay.httpUri()), 1);
            generator.beginWindow();
            List<Process> loops = busyLoops(core);
            try {
                Thread.sleep(WINDOW_MILLIS);
            } finally {
                loops.forEach(loop -> {
                    loop.descendants().forEach(ProcessHandle::destroyForcibly);
                    loop.destroyForcibly();
                });
            }
            load = generator.endWindow(SCENARIO.timing().drain());
        }

        TrialOutcome outcome = judge(load);
        assertThat(outcome).isInstanceOf(TrialOutcome.Invalid.class);
        assertThat(((TrialOutcome.Invalid) outcome).reasons())
                .anyMatch(
                        reason -> reason.matches(
                                "load generator was the limit: its receiving thread looked at its sockets [0-9.]+ ms late at p99.*"))
                .anyMatch(
                        reason -> reason.matches(
                                "load generator was the limit: its thread \\S+ was ready and had no core for \\d+ % of the window.*"));
    }
}
