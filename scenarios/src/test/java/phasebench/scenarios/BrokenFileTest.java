package phasebench.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each case breaks one thing in a good file; the message must name line, key, value and what is allowed.
class BrokenFileTest {
    private static final String GOOD = """
            kind: experiment
            name: broken
            description: An experiment to break
            scenario:
              name: inline
              description: Ten viewers
              streams:
                - name: clip
                  source:
                    clip: {name: testcard, framesPerSecond: 30}
                  transport: tcp
                - name: made
                  source:
                    synthetic: {framesPerSecond: 30, packetsPerFrame: 8, payloadBytes: 1188}
                  transport: udp
              viewers:
                count: 10
                decryptedViewerShare: 10%
              drive:
                closed: {framesInFlight: 2}
              timing:
                ramp: 1s
                warmUp: 2s
                window: 5s
                drain: 500ms
            baseline: start
            variants:
              - id: start
                description: As it is
                settings: {rtcpInterval: 1s, srtp: aes-cm-sha1, send: single}
                jvmFlags: [-Xmx2g]
              - id: other
                description: Otherwise
                settings:
                  send: batch
            rounds: 4
            profiled: true
            seed: 1
            repeatsMax: 3
            """;

    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("broken.yaml");
    }

    @Test
    void theFileIsGoodBeforeItIsBroken() throws IOException, ScenarioFileException {
        Files.writeString(file, GOOD);
        ExperimentSpec experiment = ExperimentFile.read(file);
        assertThat(experiment.scenario().drive()).isEqualTo(new Drive.Closed(2));
        assertThat(experiment.scenario().streams().getLast())
                .isEqualTo(new StreamSpec("made", new MediaSource.Synthetic(30, 8, 1188), Transport.UDP));
        assertThat(experiment.variants().getFirst().jvmFlags()).containsExactly("-Xmx2g");
        assertThat(experiment.variants().getLast().settings()).containsOnlyKeys("send");
    }

    private static Stream<Arguments> brokenFiles() {
        return Stream.of(
                broken(
                        "unknown key at the top",
                        "rounds: 4",
                        "round: 4",
                        ":36: key 'round': unknown key (did you mean 'rounds'?); allowed: kind, name,"),
                broken(
                        "unknown key below",
                        "    warmUp: 2s",
                        "    warmup: 2s",
                        ":23: key 'scenario.timing.warmup': unknown key (did you mean 'warmUp'?); allowed: ramp, warmUp, window, drain"),
                broken(
                        "unknown key without a near one",
                        "seed: 1",
                        "frobnicate: 1",
                        ":38: key 'frobnicate': unknown key; allowed: kind,"),
                broken(
                        "duplicate key",
                        "rounds: 4",
                        "rounds: 4\nrounds: 5",
                        ":37: key 'rounds': stands here for the second time, first on line 36"),
                broken("missing key", "baseline: start\n", "", ":1: key 'baseline': is missing; allowed: start, other"),
                broken(
                        "missing key below",
                        "    window: 5s\n",
                        "",
                        ":22: key 'scenario.timing.window': is missing; allowed: a time from 500ms to 60m with its unit: ms, s or m"),
                broken(
                        "key without value",
                        "rounds: 4",
                        "rounds:",
                        ":36: key 'rounds': has no value; allowed: a whole number from 1 to 1000"),
                broken(
                        "no viewers",
                        "count: 10",
                        "count: 0",
                        ":17: key 'scenario.viewers.count': value '0' is out of range; allowed: a whole number from 1 to 100000"),
                broken(
                        "negative viewers",
                        "count: 10",
                        "count: -5",
                        ":17: key 'scenario.viewers.count': value '-5' is out of range"),
                broken(
                        "viewers in words",
                        "count: 10",
                        "count: ten",
                        ":17: key 'scenario.viewers.count': value 'ten' is not a whole number; allowed: a whole number from 1 to 100000"),
                broken("fraction of a viewer", "count: 10", "count: 1.5", "value '1.5' is not a whole number"),
                broken(
                        "more than a long",
                        "seed: 1",
                        "seed: 99999999999999999999",
                        ":38: key 'seed': value '99999999999999999999' is not a whole number"),
                broken(
                        "negative time",
                        "window: 5s",
                        "window: -5s",
                        ":24: key 'scenario.timing.window': value '-5s' is negative; allowed: a time from 500ms"),
                broken(
                        "no window",
                        "window: 5s",
                        "window: 0s",
                        ":24: key 'scenario.timing.window': value '0s' is out of range"),
                broken(
                        "time without unit",
                        "ramp: 1s",
                        "ramp: 10",
                        ":22: key 'scenario.timing.ramp': value '10' has no unit; allowed: a time from 0s to 60m with its unit: ms, s or m"),
                broken(
                        "unknown unit",
                        "ramp: 1s",
                        "ramp: 1h",
                        ":22: key 'scenario.timing.ramp': value '1h' is not a whole number with a unit"),
                broken(
                        "longest warm-up shorter than the least",
                        "warmUp: 2s",
                        "warmUp: 2s\n    warmUpMax: 1s",
                        ":24: key 'scenario.timing.warmUpMax': value '1s' is out of range; allowed: a time from 2s to 60m"),
                broken(
                        "JIT share without a longest warm-up",
                        "warmUp: 2s",
                        "warmUp: 2s\n    jitShareMax: 5%",
                        ":24: key 'scenario.timing.jitShareMax': decides nothing, because the warm-up has a fixed length; allowed: together with warmUpMax"),
                broken(
                        "JIT share above one",
                        "warmUp: 2s",
                        "warmUp: 2s\n    warmUpMax: 9s\n    jitShareMax: 300%",
                        ":25: key 'scenario.timing.jitShareMax': value '300%' is out of range; allowed: a share from 0 to 1"),
                broken("endless time", "ramp: 1s", "ramp: 999999m", "value '999999m' is out of range"),
                broken(
                        "list instead of value",
                        "ramp: 1s",
                        "ramp: [1s]",
                        ":22: key 'scenario.timing.ramp': there is a list where a single value is expected"),
                broken(
                        "value instead of mapping",
                        "viewers:\n    count: 10\n    decryptedViewerShare: 10%",
                        "viewers: ten",
                        ":16: key 'scenario.viewers': value 'ten' stands where a mapping is expected; allowed: the keys count,"),
                broken(
                        "share above one",
                        "decryptedViewerShare: 10%",
                        "decryptedViewerShare: 150%",
                        ":18: key 'scenario.viewers.decryptedViewerShare': value '150%' is out of range; allowed: a share from 0 to 1, such as 0.25 or 25%"),
                broken(
                        "share in words",
                        "decryptedViewerShare: 10%",
                        "decryptedViewerShare: all",
                        "value 'all' is not a share"),
                broken(
                        "unknown clip",
                        "name: testcard",
                        "name: testcrad",
                        ":10: key 'scenario.streams[0].source.clip.name': value 'testcrad' is unknown (did you mean 'testcard'?); allowed: testcard"),
                broken(
                        "unknown source",
                        "synthetic: {",
                        "camera: {",
                        ":14: key 'scenario.streams[1].source.camera': unknown key; allowed: clip, synthetic"),
                broken(
                        "frame rate",
                        "testcard, framesPerSecond: 30",
                        "testcard, framesPerSecond: 0",
                        "key 'scenario.streams[0].source.clip.framesPerSecond': value '0' is out of range; allowed: a whole number from 1 to 240"),
                broken(
                        "payload too large",
                        "payloadBytes: 1188",
                        "payloadBytes: 1400",
                        "value '1400' is out of range; allowed: a whole number from 64 to 1188"),
                broken(
                        "unknown transport",
                        "transport: udp",
                        "transport: quic",
                        ":15: key 'scenario.streams[1].transport': value 'quic' is unknown; allowed: tcp, udp"),
                broken(
                        "two streams of one name",
                        "- name: made",
                        "- name: clip",
                        ":12: key 'scenario.streams[1].name': value 'clip' is the name of an earlier stream"),
                broken(
                        "bad stream name",
                        "- name: made",
                        "- name: a/b",
                        ":12: key 'scenario.streams[1].name': value 'a/b' is not a name; allowed: 1 to 64 letters"),
                broken(
                        "unknown drive",
                        "  drive:\n    closed: {framesInFlight: 2}",
                        "  drive: fast",
                        ":19: key 'scenario.drive': value 'fast' is unknown; allowed: open"),
                broken(
                        "no frame in flight",
                        "framesInFlight: 2",
                        "framesInFlight: 0",
                        ":20: key 'scenario.drive.closed.framesInFlight': value '0' is out of range; allowed: a whole number from 1 to 64"),
                broken(
                        "baseline that is no variant",
                        "baseline: start",
                        "baseline: strat",
                        ":26: key 'baseline': value 'strat' is unknown (did you mean 'start'?); allowed: start, other"),
                broken(
                        "two variants of one id",
                        "- id: other",
                        "- id: start",
                        ":32: key 'variants[1].id': value 'start' is the id of an earlier variant"),
                broken(
                        "bad variant id",
                        "- id: other",
                        "- id: Other!",
                        ":32: key 'variants[1].id': value 'Other!' is not a name; allowed: 1 to 41 lower-case letters"),
                broken(
                        "unknown relay setting",
                        "send: batch",
                        "sned: batch",
                        ":35: key 'variants[1].settings.sned': unknown key (did you mean 'send'?); allowed: profile, nack, mdns, rtcpInterval, srtp, srtpProvider,"),
                broken(
                        "unknown value of a relay setting",
                        "send: batch",
                        "send: bulk",
                        ":35: key 'variants[1].settings.send': value 'bulk' is not one that the relay takes; allowed: single, batch, gso"),
                broken(
                        "relay interval",
                        "rtcpInterval: 1s",
                        "rtcpInterval: 500ms",
                        ":30: key 'variants[0].settings.rtcpInterval': value '500ms' is not one that the relay takes; allowed: whole seconds from 1s to 60s"),
                broken(
                        "relay interval too long",
                        "rtcpInterval: 1s",
                        "rtcpInterval: 61s",
                        "value '61s' is not one that the relay takes"),
                broken(
                        "JVM flag that is none",
                        "[-Xmx2g]",
                        "[Xmx2g]",
                        ":31: key 'variants[0].jvmFlags': value 'Xmx2g' is not a flag"),
                broken(
                        "a plant in an experiment",
                        "    jvmFlags: [-Xmx2g]",
                        "    plant: {cpu: 3%}",
                        ":31: key 'variants[0].plant': makes the relay worse on purpose, which a file of kind: experiment may not; allowed: in a file of kind: calibration"),
                broken("variants that are no list", "variants:\n", "variants: none\nx:\n", "key 'x': unknown key"),
                broken(
                        "no rounds",
                        "rounds: 4",
                        "rounds: 0",
                        ":36: key 'rounds': value '0' is out of range; allowed: a whole number from 1 to 1000"),
                broken(
                        "profiled trials beside launch pairs and rounds",
                        "rounds: 4",
                        "rounds: 4\nduet: {pairs: 2}",
                        "an experiment of launch pairs has no profiled trials"),
                broken(
                        "launch pairs in profiled trials",
                        "rounds: 4",
                        "duet: {pairs: 2}",
                        "an experiment of launch pairs has no profiled trials"),
                broken(
                        "no launch pair",
                        "rounds: 4\nprofiled: true",
                        "duet: {pairs: 0}",
                        ":36: key 'duet.pairs': value '0' is out of range; allowed: a whole number from 1 to 1000"),
                broken(
                        "unknown key of launch pairs",
                        "rounds: 4\nprofiled: true",
                        "duet: {pairs: 2, window: 3}",
                        ":36: key 'duet.window': unknown key (did you mean 'windows'?); allowed: pairs, windows,"),
                broken(
                        "viewer counts in words",
                        "rounds: 4",
                        "rounds: 4\nviewerCounts: [none, 25]",
                        ":37: key 'viewerCounts': value 'none' is not a number of viewers; allowed: a list of at least two ascending whole numbers from 0 to 100000"),
                broken(
                        "a negative viewer count",
                        "rounds: 4",
                        "rounds: 4\nviewerCounts: [-1, 25]",
                        ":37: key 'viewerCounts': value '-1' is not a number of viewers"),
                broken(
                        "too many viewers",
                        "rounds: 4",
                        "rounds: 4\nviewerCounts: [0, 100001]",
                        ":37: key 'viewerCounts': value '100001' is not a number of viewers"),
                broken(
                        "viewer counts that do not ascend",
                        "rounds: 4",
                        "rounds: 4\nviewerCounts: [0, 25, 25]",
                        ":37: key 'viewerCounts': value '25' does not lie above the one before it, 25"),
                broken(
                        "one viewer count",
                        "rounds: 4",
                        "rounds: 4\nviewerCounts: [100]",
                        ":37: key 'viewerCounts': holds 1 of the numbers that a line needs"),
                broken(
                        "viewer counts that are no list",
                        "rounds: 4",
                        "rounds: 4\nviewerCounts: 100",
                        ":37: key 'viewerCounts': value '100' stands where a list is expected"),
                broken(
                        "viewer counts beside launch pairs",
                        "rounds: 4\nprofiled: true",
                        "duet: {pairs: 2}\nviewerCounts: [0, 25]",
                        "an experiment over several viewerCounts has no launch pairs and no profiled trials"),
                broken(
                        "viewer counts in profiled trials",
                        "rounds: 4",
                        "rounds: 4\nviewerCounts: [0, 25]",
                        "an experiment over several viewerCounts has no launch pairs and no profiled trials"),
                broken(
                        "viewer counts in closed drive",
                        "profiled: true",
                        "profiled: false\nviewerCounts: [0, 25]",
                        "viewerCounts need an open drive, and the drive of scenario inline is closed"),
                broken(
                        "too many idle pairs",
                        "rounds: 4\nprofiled: true",
                        "duet: {pairs: 2, idlePairs: 1001}",
                        ":36: key 'duet.idlePairs': value '1001' is out of range; allowed: a whole number from 0 to 1000"),
                broken(
                        "an idle window without idle pairs",
                        "rounds: 4\nprofiled: true",
                        "duet: {pairs: 2, idleWindow: 5s}",
                        ":36: key 'duet.idleWindow': stands without idlePairs; allowed: idlePairs beside it"),
                broken(
                        "an idle window without its unit",
                        "rounds: 4\nprofiled: true",
                        "duet: {pairs: 2, idlePairs: 2, idleWindow: 5}",
                        ":36: key 'duet.idleWindow': value '5' "),
                broken(
                        "a negative distance of solo windows",
                        "rounds: 4\nprofiled: true",
                        "duet: {pairs: 2, soloEvery: -1}",
                        ":36: key 'duet.soloEvery': value '-1' is out of range; allowed: a whole number from 0 to 1000"),
                broken(
                        "cores swapped by another word",
                        "rounds: 4\nprofiled: true",
                        "duet: {pairs: 2, swapCores: sometimes}",
                        ":36: key 'duet.swapCores': value 'sometimes' is unknown; allowed: true, false"),
                broken(
                        "a parent without a ladder",
                        "rounds: 4\nprofiled: true",
                        "duet: {pairs: 2, against: [parent]}",
                        ":36: key 'duet.against': stands in an experiment without a ladder; allowed: a ladder beside duet"),
                broken(
                        "not a flag",
                        "profiled: true",
                        "profiled: yes please",
                        ":37: key 'profiled': value 'yes please' is unknown; allowed: true, false"),
                broken(
                        "unknown kind",
                        "kind: experiment",
                        "kind: experimant",
                        ":1: key 'kind': value 'experimant' is unknown (did you mean 'experiment'?); allowed: experiment, scenario"),
                broken("no kind", "kind: experiment\n", "", ": key 'kind': is missing; allowed: experiment, scenario"),
                broken(
                        "a scenario",
                        "kind: experiment",
                        "kind: scenario",
                        ":1: key 'kind': value 'scenario' where an experiment is expected"),
                broken("bad syntax", "rounds: 4", "rounds: [4", ": not valid YAML: "),
                broken("a tab", "    settings:\n      send", "    settings:\n\t  send", ": not valid YAML: "),
                broken("an alias", "rounds: 4", "rounds: *four", "alias"),
                broken(
                        "a second document",
                        "repeatsMax: 3",
                        "repeatsMax: 3\n---\nkind: experiment",
                        "a second document begins here"),
                broken(
                        "a name that leads elsewhere",
                        "name: broken",
                        "name: ../../etc",
                        ":2: key 'name': value '../../etc' is not a name"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenFiles")
    void theMessageNamesWhatIsWrong(String what, String from, String to, String expected) throws IOException {
        assertThat(GOOD).as("the text that is to be broken").contains(from);
        Files.writeString(
                file,
                GOOD.replaceFirst(java.util.regex.Pattern.quote(from), java.util.regex.Matcher.quoteReplacement(to)));
        assertThat(failure()).hasMessageStartingWith(file.toString()).hasMessageContaining(expected);
    }

    @Test
    void steadyTrialsBesideLaunchPairsRunAtTheRateOfTheStreams() throws Exception {
        Files.writeString(file, GOOD.replace("profiled: true", "duet: {pairs: 2, windows: 3, warmUpMax: 8s}"));
        ExperimentSpec spec = ExperimentFile.read(file);
        assertThat(spec.rounds()).isEqualTo(4);
        assertThat(spec.scenario().drive()).isEqualTo(new Drive.Closed(2));
        assertThat(spec.steadyScenario().drive()).isEqualTo(new Drive.Open());
        assertThat(spec.steadyScenario().timing().window()).hasSeconds(15);
        assertThat(spec.steadyScenario().timing().warmUp()).hasSeconds(8);
    }

    @Test
    void launchPairsNeedAClosedDriveAndTwoVariants() throws IOException {
        String duet = GOOD.replace("rounds: 4\nprofiled: true", "duet: {pairs: 2}");
        Files.writeString(file, duet.replace("drive:\n    closed: {framesInFlight: 2}", "drive: open"));
        assertThat(failure())
                .hasMessageContaining("launch pairs need a closed drive, and the drive of scenario inline is open");
        Files.writeString(file, duet.replace("warmUp: 2s", "warmUp: 2s\n    warmUpMax: 9s"));
        assertThat(failure())
                .hasMessageContaining("launch pairs have a warmUpMax and a jitShareMax of their own, under duet");
        Files.writeString(file, duet.replaceAll("(?s)  - id: other.*?send: batch\\n", ""));
        assertThat(failure()).hasMessageContaining("a launch pair needs a variant beside the baseline");
    }

    @Test
    void aLadderIsPairedWithWhatItKnows() throws Exception {
        Files.writeString(
                file.resolveSibling("phases.yaml"), Files.readString(Path.of("phases.yaml")), StandardCharsets.UTF_8);
        String ladder =
                GOOD.replaceAll("(?s)baseline: start\n.*?rounds: 4\nprofiled: true", "ladder: phases.yaml\nDUET");
        Files.writeString(file, ladder.replace("DUET", "duet: {pairs: 2, against: [child]}"));
        assertThat(failure())
                .hasMessageContaining("key 'duet.against': value 'child' is unknown; allowed: a list of parent, start");
        Files.writeString(file, ladder.replace("DUET", "duet: {pairs: 2, against: []}"));
        assertThat(failure())
                .hasMessageContaining("key 'duet.against': names nothing; allowed: a list of parent, start");
        Files.writeString(file, ladder.replace("DUET", "duet: {pairs: 2, against: [start]}"));
        assertThat(ExperimentFile.read(file).duet())
                .extracting(DuetSpec::against)
                .isEqualTo(List.of(DuetSpec.Against.START));
    }

    @Test
    void wholeFilesMayBeWrong() throws IOException {
        assertThat(failure()).hasMessage(file + ": no such file");
        Files.writeString(file, "");
        assertThat(failure())
                .hasMessageContaining(
                        "empty; a 'kind: scenario', 'kind: experiment', 'kind: phases' or 'kind: gate' is expected");
        Files.writeString(file, "# nothing but a comment\n");
        assertThat(failure()).hasMessageContaining("empty");
        Files.writeString(file, "- a\n- b\n");
        assertThat(failure()).hasMessage(file + ":1: holds a list where keys are expected");
        Files.write(file, "name: \u00e4".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(failure()).hasMessage(file + ": not UTF-8 text");
        Files.delete(file);
        Files.createDirectory(file);
        assertThat(failure()).hasMessageContaining("is a directory");
    }

    @Test
    void aScenarioIsFoundBesideTheExperiment() throws IOException {
        Files.copy(Path.of("plan-100.yaml"), folder.resolve("plan-100.yaml"));
        Files.writeString(
                file, Files.readString(Path.of("first.yaml")).replace("scenario: plan-100", "scenario: plan-10"));
        assertThat(failure())
                .hasMessageStartingWith(file + ":6: key 'scenario': value 'plan-10' names no scenario")
                .hasMessageEndingWith("(did you mean 'plan-100'?); allowed: plan-100");
    }

    @Test
    void aBrokenScenarioIsNamedByItsOwnFile() throws IOException {
        Path scenario = folder.resolve("plan-100.yaml");
        Files.writeString(scenario, Files.readString(Path.of("plan-100.yaml")).replace("count: 100", "count: 0"));
        Files.copy(Path.of("first.yaml"), file);
        assertThat(failure()).hasMessageStartingWith(scenario + ":12: key 'viewers.count': value '0' is out of range");
    }

    @Test
    void allMistakesOfAFileAreReportedAtOnceInItsOrder() throws IOException {
        Files.writeString(
                file,
                GOOD.replace("rounds: 4", "rounds: 0")
                        .replace("count: 10", "count: ten")
                        .replace("send: batch", "send: bulk")
                        .replace("transport: udp", "transport: quic")
                        .replace("[-Xmx2g]", "[Xmx2g, -agentpath]")
                        .replace("seed: 1\n", "sede: 1\n"));
        assertThat(failure().mistakes())
                .extracting(ScenarioFileException.Mistake::line, ScenarioFileException.Mistake::key)
                .containsExactly(
                        tuple(1, "seed"),
                        tuple(15, "scenario.streams[1].transport"),
                        tuple(17, "scenario.viewers.count"),
                        tuple(31, "variants[0].jvmFlags"),
                        tuple(35, "variants[1].settings.send"),
                        tuple(36, "rounds"),
                        tuple(38, "sede"));
        assertThat(String.valueOf(failure().getMessage()).lines())
                .hasSize(7)
                .allMatch(line -> line.startsWith(file + ":") && line.contains("; allowed: "));
    }

    @Test
    void mistakesOfTheScenarioFileComeWithThoseOfTheExperiment() throws IOException {
        Path scenario = folder.resolve("plan-100.yaml");
        Files.writeString(scenario, Files.readString(Path.of("plan-100.yaml")).replace("count: 100", "count: 0"));
        Files.writeString(file, Files.readString(Path.of("first.yaml")).replace("rounds: 3", "rounds: 0"));
        assertThat(String.valueOf(failure().getMessage()).lines())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith(scenario + ":12: key 'viewers.count': value '0'"),
                        second -> assertThat(second).startsWith(file + ":").contains("key 'rounds': value '0'"));
    }

    @Test
    void descriptionsMayBeMissing() throws IOException, ScenarioFileException {
        Files.writeString(file, GOOD.replaceAll("\\n *description: .*", ""));
        ExperimentSpec experiment = ExperimentFile.read(file);
        assertThat(experiment.description()).isEqualTo("broken");
        assertThat(experiment.scenario().description()).isEqualTo("inline");
        assertThat(experiment.variants()).extracting(Variant::description).containsExactly("start", "other");
    }

    /// YAML 1.1 reads a bare `off` as a boolean; here it is the word that was written.
    @Test
    void aBareOffIsAWord() throws IOException, ScenarioFileException {
        Files.writeString(
                file,
                GOOD.replace("send: batch", "nack: off\n      mdns: Off")
                        .replace("{rtcpInterval: 1s,", "{nack: off, mdns: 'off', rtcpInterval: 1s,")
                        .replace("mdns: Off", "mdns: \"off\""));
        List<Variant> variants = ExperimentFile.read(file).variants();
        assertThat(variants.getFirst().settings()).containsEntry("nack", "off").containsEntry("mdns", "off");
        assertThat(variants.getLast().settings()).isEqualTo(Map.of("nack", "off", "mdns", "off"));
    }

    @Test
    void aComplaintCarriesItsPlace() throws IOException {
        Files.writeString(file, GOOD.replace("count: 10", "count: 0"));
        ScenarioFileException failure = failure();
        assertThat(failure.file()).isEqualTo(file.toString());
        assertThat(failure.line()).isEqualTo(17);
        assertThat(failure.key()).isEqualTo("scenario.viewers.count");
    }

    private ScenarioFileException failure() {
        return catchThrowableOfType(ScenarioFileException.class, () -> ExperimentFile.read(file));
    }

    private static Arguments broken(String what, String from, String to, String expected) {
        return Arguments.of(what, from, to, expected);
    }
}
