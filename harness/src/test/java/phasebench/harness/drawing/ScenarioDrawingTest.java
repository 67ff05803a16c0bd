package phasebench.harness.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import phasebench.harness.drawing.Canvas.Characters;
import phasebench.scenarios.ExperimentFile;
import phasebench.scenarios.FileKind;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.ScenarioFile;
import phasebench.scenarios.ScenarioFileException;

class ScenarioDrawingTest {
    private static final Path SHIPPED = Path.of("../scenarios");

    private static Stream<Path> shipped() throws IOException {
        try (Stream<Path> files = Files.list(SHIPPED)) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !FileKind.of(file).equals(Optional.of(FileKind.PHASES)))
                    .filter(file -> !FileKind.of(file).equals(Optional.of(FileKind.GATE)))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static Scenario scenario(Path file) throws ScenarioFileException {
        return FileKind.of(file).equals(Optional.of(FileKind.SCENARIO))
                ? ScenarioFile.read(file)
                : ExperimentFile.read(file).scenario();
    }

    private static List<String> drawn(String name, int columns, Characters characters) throws ScenarioFileException {
        return ScenarioDrawing.of(scenario(SHIPPED.resolve(name)), 1, new Canvas(columns, characters));
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void everyShippedFileFitsAnyWidthWithAnyCharacters(Path file) throws ScenarioFileException {
        for (int columns : new int[] {40, 80, 200}) {
            for (Characters characters : Characters.values()) {
                List<String> lines = ScenarioDrawing.of(scenario(file), 1, new Canvas(columns, characters));
                assertThat(lines).allSatisfy(line -> {
                    assertThat(line.length()).isLessThanOrEqualTo(columns);
                    assertThat(line).doesNotMatch(".*\\s$");
                });
                assertThat(lines).anyMatch(line -> line.length() > columns - 10);
                if (characters == Characters.ASCII) {
                    assertThat(String.join("", lines)).matches("\\p{ASCII}*");
                }
            }
        }
    }

    /// 240 packets a second to each of 100 viewers for 10 s would be 240,000; 80 of them come at half of 20 s and see
    /// 15.
    @Test
    void aJoinStormShowsItsStepItsStormAndItsPackets() throws ScenarioFileException {
        assertThat(drawn("join-storm.yaml", 80, Characters.ASCII))
                .contains(
                        "viewers     100; join burst: 20 before the window, 80 more 5s into it at once",
                        "network     clean",
                        "in window   20 viewers at its begin, 80 join, 0 leave, 100 at its end",
                        "packets     384,000 in the window; 240/s in, 19,200/s out on average",
                        "a trial     32.5 s, and what starting and stopping the processes takes")
                .anyMatch(line -> line.matches("  stage \\| +\\|warm-up 10s +\\|window 20s +\\|"))
                .anyMatch(line -> line.matches("    100 \\| +#+"))
                .anyMatch(line -> line.matches("  joins \\|[1-9]+\\.+\\+\\.+"));
    }

    @Test
    void aClimbShowsItsStepsAndItsLongestTime() throws ScenarioFileException {
        assertThat(drawn("capacity.yaml", 80, Characters.ASCII))
                .contains(
                        "    50 viewers    12,000 packets/s     101 Mbit/s #",
                        "  1000 viewers   240,000 packets/s    2024 Mbit/s " + "#".repeat(30),
                        "a trial     at most 5.2 minutes, if all steps are carried");
    }

    @Test
    void aSteadyCrowdHasNoHandshakeInItsWindow() throws ScenarioFileException {
        assertThat(drawn("plan-100.yaml", 80, Characters.ASCII))
                .contains("in window   100 viewers, nobody comes or goes: no handshake is measured")
                .noneMatch(line -> line.strip().startsWith("leaves"));
    }

    @Test
    void churnShowsWhoLeaves() throws ScenarioFileException {
        assertThat(drawn("churn.yaml", 80, Characters.BLOCKS))
                .anyMatch(line -> line.startsWith(" leaves \u2502..") && line.matches(".*[1-9].*"));
    }

    @Test
    void impairmentsAreSaidInWords() throws ScenarioFileException {
        assertThat(drawn("lossy.yaml", 200, Characters.ASCII))
                .contains(
                        "network     2 % loss in bursts of 3, delay 20ms, jitter 5ms",
                        "            100 % of viewers ask again as Chromium does");
    }

    /// 8 packets in each of 30 frames, and 50 of sound.
    @Test
    void soundIsNamedAndCounted() throws ScenarioFileException {
        assertThat(drawn("lossy.yaml", 200, Characters.ASCII))
                .anyMatch(
                        line -> line.contains(" and Opus, 50 packets/s of 160 bytes, by RTSP over TCP; 290 packets/s"));
    }

    @Test
    void aClosedDriveHasNoNumberOfPackets() throws ScenarioFileException {
        assertThat(drawn("pair-smoke.yaml", 80, Characters.ASCII))
                .contains("packets     as many as the relay forwards");
    }

    @Test
    void blocksAreUsedWhereTheCharacterSetHasThem() {
        assertThat(canvas(StandardCharsets.UTF_8).characters()).isEqualTo(Characters.BLOCKS);
        assertThat(canvas(StandardCharsets.US_ASCII).characters()).isEqualTo(Characters.ASCII);
        assertThat(canvas(StandardCharsets.ISO_8859_1).characters()).isEqualTo(Characters.ASCII);
    }

    private static Canvas canvas(Charset charset) {
        return Canvas.of(new PrintStream(new ByteArrayOutputStream(), true, charset), 80);
    }

    @Test
    void longLinesAreWrappedUnderTheirOwnIndent() {
        Canvas canvas = new Canvas(40, Characters.ASCII);
        assertThat(canvas.wrap("  one two three four five six seven eight nine\nten"))
                .containsExactly("  one two three four five six seven", "    eight nine", "ten");
        assertThat(canvas.wrap("x".repeat(100)))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(40));
    }
}
