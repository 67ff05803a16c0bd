package phasebench.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What files say about mDNS, read from the shipped scenarios with a line changed.
class MdnsTalkTest {
    private static final String TALKER = "mdnsTalker: {queriesPerSecond: 100}";

    @TempDir
    private Path folder;

    @Test
    void everyKeyOfTheTalkerCanBeSet() throws IOException, ScenarioFileException {
        MdnsTalk talk = chatter(TALKER, "mdnsTalker: {queriesPerSecond: 10, answersPerSecond: 5, answerDelay: 50ms}")
                .scenario()
                .mdnsTalk();
        assertThat(talk).isEqualTo(new MdnsTalk(10, 5, Duration.ofMillis(50)));
    }

    @Test
    void nobodyTalksUnlessTheFileSaysSo() throws IOException, ScenarioFileException {
        ExperimentSpec silent = chatter(TALKER, "# silence");
        assertThat(silent.scenario().mdnsTalk()).isEqualTo(MdnsTalk.NONE);
        assertThat(chatter("localCandidates: true", "# none").scenario().viewers())
                .isEqualTo(new ViewerLoad(100, 0.1, 0.1));
    }

    @Test
    void otherStagesLeaveTheTalkerAlone() throws IOException, ScenarioFileException {
        assertThat(chatter("rounds: 6", "rounds: 6\ntiming: {window: 20s}")
                        .scenario()
                        .mdnsTalk())
                .isEqualTo(new MdnsTalk(100, 0, null));
    }

    /// Also where YAML 1.1 would read a boolean.
    @ParameterizedTest
    @CsvSource({"off", "'\"off\"'"})
    void offIsAWordWithQuotesAndWithout(String off) throws IOException, ScenarioFileException {
        assertThat(chatter("mdns: off", "mdns: " + off).variants().getLast().settings())
                .containsEntry("mdns", "off");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    mdnsTalker: {queriesPerSecond: 1001} | 'scenario.mdnsTalker.queriesPerSecond': value '1001' is out of range; allowed: a whole number from 0 to 1000
                    mdnsTalker: {queriesPerSecond: -1}   | 'scenario.mdnsTalker.queriesPerSecond': value '-1' is out of range
                    mdnsTalker: {answerDelay: 50}        | 'scenario.mdnsTalker.answerDelay': value '50' has no unit
                    mdnsTalker: {rate: 5}                | 'scenario.mdnsTalker.rate': unknown key; allowed: queriesPerSecond, answersPerSecond, answerDelay
                    mdnsTalker: 100                      | 'scenario.mdnsTalker': value '100' stands where a mapping is expected
                    """)
    void aMistakeIsNamed(String written, String message) {
        assertThatThrownBy(() -> chatter(TALKER, written)).hasMessageContaining(message);
    }

    private ExperimentSpec chatter(String line, String changed) throws IOException, ScenarioFileException {
        String shipped = Files.readString(Path.of("mdns-chatter.yaml"));
        assertThat(shipped).contains(line);
        return ExperimentFile.read(
                Files.writeString(folder.resolve("mdns-chatter.yaml"), shipped.replace(line, changed)));
    }
}
