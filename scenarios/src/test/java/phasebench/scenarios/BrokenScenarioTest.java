package phasebench.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each case breaks one thing in a good scenario; the message names line, key, value and what is allowed. What is wrong
/// by its structure alone is also refused by the schema; what only makes no sense together is not.
class BrokenScenarioTest {
    private static final String GOOD = """
            kind: scenario
            name: whole
            description: A scenario to break
            streams:
              - name: a
                source:
                  synthetic: {framesPerSecond: 30, bitrate: 2Mbit, payloadBytes: 1188, gop: 60}
                transport: udp
              - name: b
                source:
                  synthetic: {framesPerSecond: 25, packetsPerFrame: 4, payloadBytes: 1000}
                transport: tcp
            viewers:
              count: 40
              decryptedViewerShare: 5%
              localCandidates: false
              behaviour: 25%
              sink: 0.5
            shape:
              joinBurst: {before: 10, at: 2s, within: 500ms}
            impairments:
              - {loss: 2%, burst: 3, delay: 20ms, jitter: 5ms}
              - {reorder: 0.5%, duplicate: 0.1%, bandwidth: 4Mbit, direction: both}
            drive: open
            timing: {ramp: 1s, warmUp: 2s, window: 10s, drain: 500ms}
            generators: 2
            mdnsTalker: {queriesPerSecond: 10, answerDelay: 20ms}
            """;

    private static final String BURST = "joinBurst: {before: 10, at: 2s, within: 500ms}";
    private static final String LOSS = "- {loss: 2%, burst: 3, delay: 20ms, jitter: 5ms}";

    /// Whether the structure alone is wrong.
    enum Wrong {
        STRUCTURE,
        SENSE
    }

    record Case(String what, String from, String to, String expected, Wrong wrong) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Case structure(String what, String from, String to, String expected) {
        return new Case(what, from, to, expected, Wrong.STRUCTURE);
    }

    private static Case sense(String what, String from, String to, String expected) {
        return new Case(what, from, to, expected, Wrong.SENSE);
    }

    @TempDir
    private Path folder;

    @Test
    void theScenarioIsGoodBeforeItIsBroken() throws IOException, ScenarioFileException {
        Path file = write(GOOD);
        Scenario scenario = ScenarioFile.read(file);
        assertThat(SchemaFile.complaints(file)).isEmpty();
        assertThat(scenario.streams().getFirst().source()).isEqualTo(new MediaSource.Synthetic(30, 8, 1042, 60));
        assertThat(scenario.viewers()).isEqualTo(new ViewerLoad(40, 0.05, 0.1, false, 0.25, 0.5));
        assertThat(scenario.shape())
                .isEqualTo(
                        new LoadShape.JoinBurst(10, java.time.Duration.ofSeconds(2), java.time.Duration.ofMillis(500)));
        assertThat(scenario.impairments())
                .containsExactly(
                        new Impairment(
                                0.02,
                                3,
                                java.time.Duration.ofMillis(20),
                                java.time.Duration.ofMillis(5),
                                0,
                                0,
                                null,
                                Direction.MEDIA),
                        new Impairment(
                                0,
                                1,
                                java.time.Duration.ZERO,
                                java.time.Duration.ZERO,
                                0.005,
                                0.001,
                                4_000_000L,
                                Direction.BOTH));
        assertThat(scenario.generators()).isEqualTo(2);
    }

    @Test
    void whatIsLeftOutIsSteadyCleanAndOne() throws IOException, ScenarioFileException {
        Scenario scenario = ScenarioFile.read(Path.of("plan-100.yaml"));
        assertThat(scenario.shape()).isEqualTo(new LoadShape.Steady());
        assertThat(scenario.impairments()).isEmpty();
        assertThat(scenario.generators()).isEqualTo(1);
        assertThat(scenario.viewers().behaviourShare()).isZero();
        assertThat(scenario.viewers().sinkShare()).isZero();
    }

    @Test
    void aStreamHasSoundWhereItsFileSaysSo() throws IOException, ScenarioFileException {
        assertThat(audioOf("")).isNull();
        assertThat(audioOf("audio: {}")).isEqualTo(new AudioSpec(50, 160)).isEqualTo(AudioSpec.DEFAULT);
        assertThat(audioOf("audio: {packetsPerSecond: 100, payloadBytes: 80}")).isEqualTo(new AudioSpec(100, 80));
        assertThat(audioOf("audio: {packetsPerSecond: 25}")).isEqualTo(new AudioSpec(25, 160));
    }

    private @Nullable AudioSpec audioOf(String line) throws IOException, ScenarioFileException {
        Path file = write(GOOD.replace("transport: udp", "transport: udp\n    " + line));
        assertThat(SchemaFile.complaints(file)).isEmpty();
        return ScenarioFile.read(file).streams().getFirst().audio();
    }

    private static Stream<Case> brokenScenarios() {
        return Stream.of(
                structure(
                        "unknown key",
                        "generators: 2",
                        "generator: 2",
                        ":26: key 'generator': unknown key (did you mean 'generators'?); allowed: kind, name,"),
                structure(
                        "unknown key of viewers",
                        "sink: 0.5",
                        "sinks: 0.5",
                        ":18: key 'viewers.sinks': unknown key (did you mean 'sink'?); allowed: count,"),
                structure(
                        "unknown key of a shape",
                        "within:",
                        "whithin:",
                        ":20: key 'shape.joinBurst.whithin': unknown key (did you mean 'within'?); allowed: before, at, within"),
                structure(
                        "unknown key of an impairment",
                        "jitter: 5ms",
                        "jiter: 5ms",
                        ":22: key 'impairments[0].jiter': unknown key (did you mean 'jitter'?); allowed: loss, burst,"),
                structure(
                        "unknown shape",
                        BURST,
                        "burst: {before: 10}",
                        ":20: key 'shape.burst': unknown key; allowed: ramp, steps, joinBurst, churn, climb"),
                structure(
                        "a shape that needs figures",
                        "shape:\n  " + BURST,
                        "shape: churn",
                        ":19: key 'shape': value 'churn' is no shape without figures; allowed: steady, or one of the keys ramp, steps, joinBurst, churn, climb"),
                structure(
                        "a misspelt shape",
                        "shape:\n  " + BURST,
                        "shape: staedy",
                        ":19: key 'shape': value 'staedy' is no shape without figures (did you mean 'steady'?)"),
                structure(
                        "two shapes",
                        BURST,
                        BURST + "\n  churn: {meanStay: 5s}",
                        ":19: key 'shape': names 2: joinBurst, churn; allowed: steady, or one"),
                structure(
                        "no shape",
                        "shape:\n  " + BURST,
                        "shape: {}",
                        ":19: key 'shape': names no shape; allowed: steady"),
                structure(
                        "a list of shapes",
                        "shape:\n  " + BURST,
                        "shape: [steady]",
                        ":19: key 'shape': there is a list where a single value is expected"),
                structure("shape without value", "shape:\n  " + BURST, "shape:", ":19: key 'shape': has no value"),
                structure(
                        "a shape with a list of figures",
                        BURST,
                        "joinBurst: [10]",
                        ":20: key 'shape.joinBurst': there is a list where a mapping is expected; allowed: the keys before, at, within"),
                structure(
                        "burst without its time",
                        "at: 2s, ",
                        "",
                        ":20: key 'shape.joinBurst.at': is missing; allowed: a time from 0s to 60m"),
                structure(
                        "burst after nobody",
                        "before: 10",
                        "before: 0",
                        ":20: key 'shape.joinBurst.before': value '0' is out of range; allowed: a whole number from 1 to 100000"),
                sense(
                        "burst of nobody",
                        "before: 10",
                        "before: 40",
                        ":20: key 'shape.joinBurst.before': 40 viewers leave nobody of all 40 to join; allowed: 1 to 39"),
                sense(
                        "burst behind the window",
                        "at: 2s",
                        "at: 10s",
                        ":20: key 'shape.joinBurst.at': the burst ends at 10500ms, and the window has 10s"),
                structure(
                        "burst at a negative time",
                        "at: 2s",
                        "at: -2s",
                        ":20: key 'shape.joinBurst.at': value '-2s' is negative; allowed: a time from 0s"),
                sense(
                        "steps of nobody",
                        BURST,
                        "steps: {from: 40, by: 5, every: 1s}",
                        ":20: key 'shape.steps.from': 40 viewers leave nobody of all 40 to join; allowed: 1 to 39"),
                sense(
                        "steps behind the window",
                        BURST,
                        "steps: {from: 10, by: 5, every: 2s}",
                        ":20: key 'shape.steps.every': 6 steps of 2s do not fit the window of 10s; allowed: less than 1666ms"),
                structure(
                        "steps of no height",
                        BURST,
                        "steps: {from: 10, by: 0, every: 1s}",
                        ":20: key 'shape.steps.by': value '0' is out of range; allowed: a whole number from 1"),
                sense(
                        "steps without length",
                        BURST,
                        "steps: {from: 10, by: 5, every: 0s}",
                        ":20: key 'shape.steps.every': value '0s' is out of range; allowed: a time from 100ms"),
                structure(
                        "steps without end",
                        BURST,
                        "steps: {from: 10, by: 5}",
                        ":20: key 'shape.steps.every': is missing"),
                structure(
                        "steps that are a word",
                        BURST,
                        "steps: five",
                        ":20: key 'shape.steps': value 'five' stands where a mapping is expected"),
                sense(
                        "ramp from more than all",
                        BURST,
                        "ramp: {from: 41}",
                        ":20: key 'shape.ramp.from': 41 viewers are more than all 40; allowed: 0 to 40"),
                structure(
                        "unknown arrivals",
                        BURST,
                        "ramp: {arrivals: poisson}",
                        ":20: key 'shape.ramp.arrivals': value 'poisson' is unknown; allowed: even, random"),
                structure(
                        "churn without stay",
                        BURST,
                        "churn: {gap: 1s}",
                        ":20: key 'shape.churn.meanStay': is missing; allowed: a time from 1s to 60m"),
                sense(
                        "churn too fast to shake hands",
                        BURST,
                        "churn: {meanStay: 10ms}",
                        ":20: key 'shape.churn.meanStay': value '10ms' is out of range; allowed: a time from 1s"),
                sense(
                        "churn with a gap longer than the window",
                        BURST,
                        "churn: {meanStay: 5s, gap: 10s}",
                        ":20: key 'shape.churn.gap': 10s is not less than the window of 10s"),
                structure(
                        "climb without a limit",
                        BURST,
                        "climb: {from: 10, by: 10}",
                        ":20: key 'shape.climb.latencyP99Max': is missing; allowed: a time from 1ms to 10s"),
                sense(
                        "climb from above",
                        BURST,
                        "climb: {from: 50, by: 10, latencyP99Max: 20ms}",
                        ":20: key 'shape.climb.from': 50 viewers are more than all 40; allowed: 1 to 40"),
                sense(
                        "climb that may lose all",
                        BURST,
                        "climb: {from: 5, by: 10, latencyP99Max: 20ms, lossMax: 1}",
                        ":20: key 'shape.climb.lossMax': value '1' allows to lose all; allowed: less than 1"),
                sense("more churn than a schedule holds", "count: 40", "count: 90000", ""),
                sense(
                        "a moving crowd in a closed drive",
                        "drive: open",
                        "drive: {closed: {framesInFlight: 2}}",
                        ":19: key 'shape': viewers come or go in the window, and a closed drive waits for all of them; allowed: with a closed drive: steady or ramp"),
                structure(
                        "loss in words",
                        "loss: 2%",
                        "loss: some",
                        ":22: key 'impairments[0].loss': value 'some' is not a share; allowed: a share from 0 to 1, such as 0.25 or 25%"),
                structure(
                        "loss above one",
                        "loss: 2%",
                        "loss: 120%",
                        ":22: key 'impairments[0].loss': value '120%' is out of range"),
                sense(
                        "loss of everything",
                        "loss: 2%",
                        "loss: 100%",
                        ":22: key 'impairments[0].loss': value '100%' lets nothing through; allowed: less than 1"),
                structure(
                        "negative loss",
                        "loss: 2%",
                        "loss: -2%",
                        ":22: key 'impairments[0].loss': value '-2%' is out of range"),
                structure(
                        "loss that is no number",
                        "loss: 2%",
                        "loss: .nan",
                        ":22: key 'impairments[0].loss': value '.nan' is not a share"),
                structure(
                        "loss without end",
                        "loss: 2%",
                        "loss: .inf",
                        ":22: key 'impairments[0].loss': value '.inf' is not a share"),
                structure(
                        "burst below one packet",
                        "burst: 3",
                        "burst: 0.5",
                        ":22: key 'impairments[0].burst': value '0.5' is out of range; allowed: a number from 1 to 1000, such as 2 or 2.5"),
                structure(
                        "burst that is no number",
                        "burst: 3",
                        "burst: NaN",
                        ":22: key 'impairments[0].burst': value 'NaN' is not a number"),
                structure(
                        "burst without loss",
                        "loss: 2%, burst: 3",
                        "burst: 3",
                        ":22: key 'impairments[0].burst': is the length of losses, and there is no loss"),
                structure(
                        "delay without unit",
                        "delay: 20ms",
                        "delay: 20",
                        ":22: key 'impairments[0].delay': value '20' has no unit; allowed: a time from 0s to 10s"),
                sense(
                        "delay beyond patience",
                        "delay: 20ms",
                        "delay: 1m",
                        ":22: key 'impairments[0].delay': value '1m' is out of range"),
                structure(
                        "unknown direction",
                        "direction: both",
                        "direction: up",
                        ":23: key 'impairments[1].direction': value 'up' is unknown; allowed: media, both"),
                structure(
                        "bandwidth without unit",
                        "bandwidth: 4Mbit",
                        "bandwidth: 4000000",
                        ":23: key 'impairments[1].bandwidth': value '4000000' is not a bitrate; allowed: a bitrate from 10kbit to 100000Mbit with its unit: kbit or Mbit"),
                sense(
                        "bandwidth of nothing",
                        "bandwidth: 4Mbit",
                        "bandwidth: 0kbit",
                        ":23: key 'impairments[1].bandwidth': value '0kbit' is out of range"),
                structure(
                        "an impairment that does nothing",
                        LOSS,
                        "- {direction: both}",
                        ":22: key 'impairments[0]': does nothing to packets; allowed: one of the keys loss, delay,"),
                structure(
                        "an impairment that is a word",
                        LOSS,
                        "- lossy",
                        ":22: key 'impairments[0]': value 'lossy' stands; allowed: an impairment"),
                structure(
                        "impairments without a list",
                        "impairments:\n  " + LOSS + "\n  -",
                        "impairments:\n ",
                        ":21: key 'impairments': there is a mapping where a list is expected"),
                structure(
                        "an empty list of impairments",
                        "impairments:\n  " + LOSS
                                + "\n  - {reorder: 0.5%, duplicate: 0.1%, bandwidth: 4Mbit, direction: both}",
                        "impairments: []",
                        ":21: key 'impairments': the list is empty; allowed: a list of at least one impairment"),
                structure(
                        "behaviour above one",
                        "behaviour: 25%",
                        "behaviour: 2",
                        ":17: key 'viewers.behaviour': value '2' is out of range"),
                sense(
                        "more roles than viewers",
                        "sink: 0.5",
                        "sink: 80%",
                        ":18: key 'viewers.sink': is, with behaviour, more than all viewers"),
                structure(
                        "a flag in words",
                        "localCandidates: false",
                        "localCandidates: no",
                        ":16: key 'viewers.localCandidates': value 'no' is unknown; allowed: true, false"),
                structure("no viewers", "count: 40", "count: 0", ":14: key 'viewers.count': value '0' is out of range"),
                structure(
                        "viewers beyond all ports",
                        "count: 40",
                        "count: 100001",
                        ":14: key 'viewers.count': value '100001' is out of range"),
                structure(
                        "a number beyond all numbers",
                        "count: 40",
                        "count: 1" + "0".repeat(2000),
                        ":14: key 'viewers.count': value '1000000"),
                structure(
                        "hexadecimal viewers",
                        "count: 40",
                        "count: 0x28",
                        ":14: key 'viewers.count': value '0x28' is not a whole number"),
                structure(
                        "no generator",
                        "generators: 2",
                        "generators: 0",
                        ":26: key 'generators': value '0' is out of range; allowed: a whole number from 1 to 40"),
                sense(
                        "more generators than viewers",
                        "generators: 2",
                        "generators: 41",
                        ":26: key 'generators': value '41' is out of range; allowed: a whole number from 1 to 40"),
                sense(
                        "several generators in a closed drive",
                        "drive: open",
                        "drive: {closed: {framesInFlight: 2}}",
                        ":26: key 'generators': value '2' stands beside a closed drive, whose next frame waits for the viewers of one process; allowed: 1 with a closed drive, else with drive: open"),
                structure(
                        "both bitrate and packets",
                        "gop: 60",
                        "packetsPerFrame: 8",
                        ":7: key 'streams[0].source.synthetic.bitrate': stands beside packetsPerFrame; allowed: either of the two"),
                structure(
                        "neither bitrate nor packets",
                        "packetsPerFrame: 4, ",
                        "",
                        ":11: key 'streams[1].source.synthetic.packetsPerFrame': is missing"),
                structure(
                        "bitrate with a dot",
                        "bitrate: 2Mbit",
                        "bitrate: 2.5Mbit",
                        ":7: key 'streams[0].source.synthetic.bitrate': value '2.5Mbit' is not a bitrate"),
                sense(
                        "bitrate that makes no frames",
                        "bitrate: 2Mbit",
                        "bitrate: 10kbit",
                        ":7: key 'streams[0].source.synthetic.bitrate': value '10kbit' makes frames of 42 bytes, not 64 to 1188000"),
                structure(
                        "no picture group",
                        "gop: 60",
                        "gop: 0",
                        ":7: key 'streams[0].source.synthetic.gop': value '0' is out of range"),
                structure(
                        "audio with an unknown key",
                        "transport: udp",
                        "transport: udp\n    audio: {packetPerSecond: 50}",
                        ":9: key 'streams[0].audio.packetPerSecond': unknown key (did you mean 'packetsPerSecond'?); allowed: packetsPerSecond, payloadBytes"),
                structure(
                        "audio at a rate that Opus has no frames for",
                        "transport: udp",
                        "transport: udp\n    audio: {packetsPerSecond: 30}",
                        ":9: key 'streams[0].audio.packetsPerSecond': value '30' is unknown (did you mean '50'?); allowed: 25, 50, 100, 200, 400"),
                structure(
                        "audio at a rate in words",
                        "transport: udp",
                        "transport: udp\n    audio: {packetsPerSecond: fast}",
                        ":9: key 'streams[0].audio.packetsPerSecond': value 'fast' is unknown; allowed: 25, 50,"),
                structure(
                        "audio packets too short for their index",
                        "transport: udp",
                        "transport: udp\n    audio: {payloadBytes: 40}",
                        ":9: key 'streams[0].audio.payloadBytes': value '40' is out of range; allowed: a whole number from 48 to 1188"),
                structure(
                        "audio without value",
                        "transport: udp",
                        "transport: udp\n    audio:",
                        ":9: key 'streams[0].audio': has no value; allowed: the keys packetsPerSecond, payloadBytes"),
                structure(
                        "audio that is a word",
                        "transport: udp",
                        "transport: udp\n    audio: opus",
                        ":9: key 'streams[0].audio': value 'opus' stands where a mapping is expected"),
                structure(
                        "audio of the scenario instead of a stream",
                        "generators: 2",
                        "audio: {}",
                        ":26: key 'audio': unknown key"),
                structure(
                        "two sources",
                        "synthetic: {framesPerSecond: 30, bitrate: 2Mbit, payloadBytes: 1188, gop: 60}",
                        "synthetic: {framesPerSecond: 30, packetsPerFrame: 8, payloadBytes: 1188}\n      clip: {name: testcard}",
                        ":6: key 'streams[0].source': names both or neither of its kinds; allowed: either clip or synthetic"),
                structure(
                        "streams that are a word",
                        "streams:\n",
                        "streams: none\nothers:\n",
                        ":4: key 'streams': value 'none' stands where a list is expected"),
                structure(
                        "streams without a list",
                        "viewers:\n",
                        "viewers:\n  streams: x\n",
                        ":14: key 'viewers.streams': unknown key"),
                structure(
                        "stages that are a list",
                        "timing: {ramp: 1s, warmUp: 2s, window: 10s, drain: 500ms}",
                        "timing: [1s, 2s]",
                        ":25: key 'timing': there is a list where a mapping is expected"),
                structure(
                        "stage with a dot",
                        "ramp: 1s",
                        "ramp: 1.5s",
                        ":25: key 'timing.ramp': value '1.5s' is not a whole number with a unit"),
                sense(
                        "stage beyond an hour",
                        "warmUp: 2s",
                        "warmUp: 61m",
                        ":25: key 'timing.warmUp': value '61m' is out of range"),
                structure(
                        "mDNS beyond a crowd",
                        "queriesPerSecond: 10",
                        "queriesPerSecond: 5000",
                        ":27: key 'mdnsTalker.queriesPerSecond': value '5000' is out of range"),
                structure(
                        "a description that is a list",
                        "description: A scenario to break",
                        "description: [a]",
                        ":3: key 'description': there is a list where a single value is expected"),
                structure(
                        "a name in capitals",
                        "name: whole",
                        "name: Whole",
                        ":2: key 'name': value 'Whole' is not a name; allowed: 1 to 41"),
                sense(
                        "an experiment where a scenario is expected",
                        "kind: scenario",
                        "kind: experiment",
                        ":1: key 'kind': value 'experiment' where a scenario is expected; allowed: scenario"),
                structure(
                        "no kind",
                        "kind: scenario\n",
                        "",
                        ":1: key 'kind': is missing; allowed: experiment, scenario, phases"));
    }

    @ParameterizedTest
    @MethodSource("brokenScenarios")
    void theMessageNamesWhatIsWrong(Case broken) throws IOException, ScenarioFileException {
        assertThat(GOOD).as("the text that is to be broken").contains(broken.from());
        String text = GOOD.replace(broken.from(), broken.to());
        if (broken.expected().isEmpty()) {
            text = text.replace(BURST, "churn: {meanStay: 1s}");
        }
        Path file = write(text);
        ScenarioFileException failure =
                catchThrowableOfType(ScenarioFileException.class, () -> ScenarioFile.read(file));
        String expected = broken.expected().isEmpty()
                ? ":20: key 'shape.churn.meanStay': makes about 900000 joins in one window"
                : broken.expected();
        assertThat(failure).isNotNull();
        assertThat(String.valueOf(failure.getMessage()).lines())
                .anySatisfy(line -> assertThat(line).startsWith(file + ":").contains(expected))
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(800));
        switch (broken.wrong()) {
            case STRUCTURE -> assertThat(SchemaFile.complaints(file)).isNotEmpty();
            case SENSE -> assertThat(failure.key()).isNotNull();
        }
    }

    @Test
    void theTableHasMoreThanFortyKinds() {
        List<Case> cases = brokenScenarios().toList();
        assertThat(cases).extracting(Case::what).doesNotHaveDuplicates().hasSizeGreaterThan(60);
    }

    @Test
    void stagesOfAnExperimentMayNotCutOffWhatTheScenarioPlans() throws IOException {
        Files.writeString(folder.resolve("whole.yaml"), GOOD);
        Path file = folder.resolve("experiment.yaml");
        Files.writeString(file, """
                kind: experiment
                name: cut
                scenario: whole
                timing: {window: 1s}
                baseline: a
                variants: [{id: a}]
                rounds: 1
                seed: 1
                """);
        assertThat(catchThrowableOfType(ScenarioFileException.class, () -> ExperimentFile.read(file)))
                .hasMessage(file + ":4: key 'timing': does not fit the scenario: shape joinBurst at: the burst ends at"
                        + " 2500ms, and the window has 1s; allowed: a longer window");
    }

    private Path write(String text) throws IOException {
        Path file = folder.resolve("whole.yaml");
        Files.writeString(file, text);
        return file;
    }
}
