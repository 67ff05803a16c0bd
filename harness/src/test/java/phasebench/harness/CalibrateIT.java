package phasebench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import phasebench.reports.noise.ControlExperiment;
import phasebench.reports.noise.NoiseFile;
import phasebench.reports.rundir.JsonFile;
import phasebench.reports.rundir.RunDirectory;

/// A calibration of relays that only say what is planted in them; one experiment is one round of steady trials, the
/// shortest there is.
@Tag("scripted")
@EnabledOnOs(OS.LINUX)
class CalibrateIT {
    private static final String DESIGN = """
            kind: calibration
            name: tiny
            scenario:
              name: tiny
              description: Ten viewers
              streams:
                - name: a
                  source:
                    synthetic: {framesPerSecond: 30, packetsPerFrame: 8, payloadBytes: 1188}
                  transport: tcp
              viewers: {count: 10, decryptedViewerShare: 100%, decryptedPacketShare: 100%}
              drive: open
              timing: {ramp: 50ms, warmUp: 200ms, window: 1s, drain: 100ms}
            baseline: relay
            variants:
              - {id: relay}
            rounds: 1
            seed: 1
            repeatsMax: 5
            """;

    private static final String[] COMMAND = {
        "calibrate", "tiny", "--aa", "2", "--planted", "3", "--pairs-per-experiment", "1"
    };

    @TempDir
    private Path folder;

    private HarnessProcess harness;

    @BeforeEach
    void makeAProjectFolder() throws IOException {
        harness = new HarnessProcess(folder, HarnessProcess.Pinning.NONE);
        harness.scenario("tiny", DESIGN);
    }

    @Test
    void aCalibrationThatIsKilledGoesOnAndNothingCountsTwice() throws Exception {
        Process process = harness.start(COMMAND);
        harness.await(
                () -> !process.isAlive() || (harness.runDirectories().size() == 2 && harness.count("relay.out") == 3));
        assertThat(process.isAlive()).as(harness.said()).isTrue();
        process.destroyForcibly();
        assertThat(process.waitFor(HarnessProcess.PATIENCE)).isTrue();
        assertThat(noise().experiments()).as("kept as it went").hasSize(1);

        int code = harness.run(COMMAND);

        assertThat(code).as(harness.said()).isEqualTo(ExitCode.OK);
        assertThat(harness.said())
                .contains("calibration tiny: 1 of 3 experiments are done today")
                .contains("experiment 1 of 2: calibrate-cpu-3-n1-01", "resuming ", "1 were cut short and begin again")
                .contains("nothing planted (A/A), 1 round in each experiment:")
                .contains("cpu=3% planted, 1 round in each experiment:");
        assertThat(noise().experiments())
                .extracting(ControlExperiment::experiment)
                .containsExactlyInAnyOrder("calibrate-aa-n1-01", "calibrate-cpu-3-n1-01", "calibrate-aa-n1-02");
        assertThat(noise().experiments()).extracting(ControlExperiment::run).doesNotHaveDuplicates();
        assertThat(harness.runDirectories()).hasSize(3);
        RunDirectory planted = harness.runDirectories().stream()
                .filter(path -> path.toString().contains("cpu-3"))
                .map(CalibrateIT::open)
                .findFirst()
                .orElseThrow();
        assertThat(planted.trialRecords()).anySatisfy(trial -> {
            assertThat(trial.ready()).contains("plant.cpu=3%");
            assertThat(trial.relayCommand()).containsSequence("--allow-plants", "--plant", "cpu=3%");
        });
        assertThat(Files.readString(planted.path().resolve("manifest.json"))).containsPattern("\"cpu\" : \"3%\"");

        assertThat(harness.run(COMMAND)).as(harness.said()).isEqualTo(ExitCode.OK);
        assertThat(harness.said()).contains("3 of 3 experiments are done today").doesNotContain("experiment 1 of");
        assertThat(harness.runDirectories()).hasSize(3);
    }

    @Test
    void whatCannotBeCalibratedIsRefusedBeforeAnythingStarts() throws Exception {
        assertThat(harness.run("calibrate", "nosuch")).isEqualTo(ExitCode.USAGE);
        assertThat(harness.said()).contains("neither a file nor the name of a shipped calibration");
        assertThat(harness.run("calibrate", "tiny", "--planted", "much")).isEqualTo(ExitCode.USAGE);
        assertThat(harness.said()).contains("--planted: value 'much' cannot be planted");
        assertThat(harness.run("calibrate", "tiny", "--pairs-per-experiment", "0"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(harness.said()).contains("--pairs-per-experiment is not within 1..1000: 0");
        assertThat(harness.runDirectories()).isEmpty();
    }

    private static RunDirectory open(Path path) {
        try {
            return RunDirectory.open(path);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private NoiseFile noise() throws IOException {
        try (Stream<Path> files = Files.list(harness.runs().resolve("noise"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return JsonFile.read(all.getFirst(), NoiseFile.class, NoiseFile.SCHEMA_VERSION);
        }
    }
}
