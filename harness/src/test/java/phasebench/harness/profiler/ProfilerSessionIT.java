package phasebench.harness.profiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import phasebench.harness.machine.PerfEvents;
import phasebench.harness.process.Jcmd;
import phasebench.reports.rundir.Artifact;

/// Both profilers on a JVM that computes and allocates.
@EnabledOnOs(OS.LINUX)
class ProfilerSessionIT {
    @TempDir
    private Path folder;

    @Test
    void bothProfilersSampleTheSameWindowAndFlameGraphsAreMadeOfIt() throws Exception {
        Path javaHome = Path.of(System.getProperty("java.home"));
        Process busy = new ProcessBuilder(
                        javaHome.resolve("bin/java").toString(),
                        "-XX:+EnableDynamicAgentLoading",
                        "-cp",
                        "target/test-classes",
                        BusyMain.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var out = busy.inputReader()) {
            assertThat(out.readLine()).isEqualTo("busy");
            Jcmd jcmd = new Jcmd(javaHome, busy.pid());
            Profiler.AsyncProfilerAndJfr profiler = Preflight.prepare(folder, PerfEvents.probe());

            ProfilerSession session = ProfilerSession.start(jcmd, folder, profiler);
            Thread.sleep(2_000);
            List<String> problems = session.stop();

            assertThat(problems).isEmpty();
        } finally {
            busy.destroyForcibly();
        }
        Map<String, Long> samples = RecordingCheck.eventCounts(folder.resolve(Artifact.RECORDING.fileName()));
        assertThat(samples).containsKeys("jdk.ExecutionSample", "jdk.ObjectAllocationInNewTLAB");
        assertThat(RecordingCheck.eventCounts(folder.resolve(Artifact.JFR_RECORDING.fileName())))
                .containsKey("jdk.CPUTimeSample");
        Map<String, String> graphs = FlameGraphs.write(folder, "busy", samples);
        assertThat(graphs).containsKeys("flame-cpu.html", "flame-alloc.html");
        assertThat(Files.readString(folder.resolve("flame-cpu.html"))).contains("BusyMain");
    }

    @Test
    void aMissingRecordingHasNoEvents() {
        assertThat(RecordingCheck.eventCounts(folder.resolve("none.jfr"))).isEmpty();
    }

    @Test
    void theShippedVersionIsOneThatDoesNotHangTheMachine() {
        // 4.0 to 4.2 with event=cpu on Linux 6.16 and 6.17 did (async-profiler issue 1578)
        assertThat(Preflight.asyncProfilerVersion()).isEqualTo("4.6");
    }
}
