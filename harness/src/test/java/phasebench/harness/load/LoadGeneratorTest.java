package phasebench.harness.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import phasebench.harness.load.viewer.ReflectorRelay;
import phasebench.harness.load.wire.SrtpProfile;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.scenarios.Drive;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.StreamSpec;
import phasebench.scenarios.Transport;
import phasebench.scenarios.TrialTiming;
import phasebench.scenarios.ViewerLoad;

@Timeout(90)
class LoadGeneratorTest {
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
    private static final Scenario SCENARIO = new Scenario(
            "two streams",
            "",
            List.of(
                    new StreamSpec("clip", new MediaSource.Clip("testcard", 30), Transport.TCP),
                    new StreamSpec("made", new MediaSource.Synthetic(30, 2, 200), Transport.TCP)),
            new ViewerLoad(2, 0.5, 0.1, true),
            new Drive.Closed(2),
            new TrialTiming(Duration.ofMillis(100), Duration.ZERO, Duration.ofMillis(500), Duration.ofMillis(100)));

    @TempDir
    private Path folder;

    private LoadGenerator start() throws Exception {
        return LoadGenerator.start(List.of(), JAVA_HOME, folder.resolve("load.log"));
    }

    private static Scenario oneStream() {
        return new Scenario(
                "one stream",
                "",
                SCENARIO.streams().subList(1, 2),
                SCENARIO.viewers(),
                new Drive.Open(),
                SCENARIO.timing());
    }

    @Test
    void aScenarioSurvivesTheControlConnection() {
        LoadTargets targets = new LoadTargets(URI.create("rtsp://127.0.0.1:1"), URI.create("http://127.0.0.1:2"));
        LoadMessage.Request request =
                LoadMessage.Request.prepare(new LoadMessage.Load(SCENARIO, targets, 9, new LoadPart(0, 2), null));

        String line = LoadMessage.write(request);

        assertThat(line).doesNotContain("\n");
        assertThat(LoadMessage.read(line, LoadMessage.Request.class)).isEqualTo(request);
    }

    @Test
    void aTrialRunsInAProcessOfItsOwn() throws Exception {
        try (ReflectorRelay relay = new ReflectorRelay(SrtpProfile.AEAD_AES_128_GCM, ReflectorRelay.Mood.WILLING);
                LoadGenerator generator = start()) {
            ProcessHandle process =
                    ProcessHandle.of(generator.pids().getFirst()).orElseThrow();
            generator.prepare(oneStream(), new LoadTargets(relay.rtspUri(), relay.httpUri()), 1);
            generator.beginWindow();
            generator.awaitWindowBoundary();
            LoadEvidence load = generator.endWindow(Duration.ofMillis(200));
            generator.stop();

            assertThat(load.framesComplete()).isEqualTo(2 * 15);
            assertThat(load.packetsReceived()).isEqualTo(2 * 15 * 2);
            assertThat(load.generatorCpuNs()).isPositive();
            assertThat(process.isAlive()).isFalse();
            assertThat(relay.sessionsDeleted()).isEqualTo(2);
        }
    }

    @Test
    void theProcessEndsWhenItsHandleIsGone() throws Exception {
        LoadGenerator generator = start();
        ProcessHandle process = ProcessHandle.of(generator.pids().getFirst()).orElseThrow();
        generator.close();

        process.onExit().get(10, TimeUnit.SECONDS);
        assertThatThrownBy(generator::beginWindow)
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("load generator is gone");
    }

    @Test
    void requestsOutOfOrderAreRefused() throws Exception {
        try (LoadGenerator generator = start()) {
            assertThatThrownBy(generator::beginWindow)
                    .isInstanceOf(LoadException.class)
                    .hasMessage("nothing was prepared");
        }
    }

    @Test
    void aWrongTokenIsTurnedAway() throws Exception {
        Process process = new ProcessBuilder(
                        JAVA_HOME.resolve("bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoadMain.class.getName())
                .redirectError(folder.resolve("err").toFile())
                .start();
        try {
            process.getOutputStream().write("right\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
            String line = process.inputReader().readLine();
            int port = Integer.parseInt(line.replaceAll(".*port=(\\d+).*", "$1"));
            try (java.net.Socket socket = new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write("wrong\n{}\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().readNBytes(1)).isEmpty();
            } catch (java.net.SocketException _) {
                // reset instead of closed: turned away as well
            }
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }
}
