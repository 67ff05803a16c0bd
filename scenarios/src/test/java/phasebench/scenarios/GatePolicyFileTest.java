package phasebench.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatePolicyFileTest {
    private static final String GOOD = """
            kind: gate
            name: strict
            description: nothing may cost more
            experiment: two-builds
            rules:
              - {metric: cpuNsPerPacket, margin: 2%}
              - metric: heapLiveBytesPerViewer
                margin: 0.05
            confidence: 95%
            variants: [head]
            pairsMin: 12
            whenInconclusive: fail
            claims: refutedFails
            timeout: 30m
            """;

    @TempDir
    private Path folder;

    @Test
    void aPolicySaysWhatStopsAChange() throws Exception {
        GatePolicy policy = GatePolicyFile.read(write(GOOD));

        assertThat(policy.rules())
                .containsExactly(new GatePolicy.Rule(GateMetric.CPU, 0.02), new GatePolicy.Rule(GateMetric.HEAP, 0.05));
        assertThat(policy.experiment()).isEqualTo("two-builds");
        assertThat(policy.variants()).containsExactly("head");
        assertThat(policy.pairsMin()).isEqualTo(12);
        assertThat(policy.claims()).isEqualTo(GatePolicy.Claims.REFUTED_FAILS);
        assertThat(policy.timeout()).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void whatIsNotSaidIsStrict() throws Exception {
        GatePolicy policy = GatePolicyFile.read(
                write("kind: gate\nname: short\nrules:\n  - {metric: cpuNsPerPacket, margin: 2%}\n"));

        assertThat(policy.confidence()).isEqualTo(0.95);
        assertThat(policy.pairsMin()).isEqualTo(10);
        assertThat(policy.whenInconclusive()).isEqualTo(GatePolicy.WhenInconclusive.FAIL);
        assertThat(policy.experiment()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gate-pull-request", "gate-memory", "gate-phases"})
    void everyShippedPolicyReads(String name) throws ScenarioFileException {
        assertThat(GatePolicyFile.read(Path.of(name + ".yaml")).name()).isEqualTo(name);
    }

    @Test
    void theShippedGateAsksForTenPairsWithinTwoPercent() throws ScenarioFileException {
        GatePolicy policy = GatePolicyFile.read(Path.of("gate-pull-request.yaml"));

        assertThat(policy.rules()).containsExactly(new GatePolicy.Rule(GateMetric.CPU, 0.02));
        assertThat(policy.pairsMin()).isEqualTo(10);
        assertThat(policy.whenInconclusive()).isEqualTo(GatePolicy.WhenInconclusive.FAIL);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            metric: cpuNsPerPacket  | metric: cpuPerPacket | :6: key 'rules[0].metric': value 'cpuPerPacket' is unknown
            margin: 2%              | margin: 0            | :6: key 'rules[0].margin': value '0' is out of range; allowed: a share above 0 and below 1
            margin: 2%              | margin: much         | :6: key 'rules[0].margin': value 'much' is not a share
            , margin: 2%            | ''                   | :6: key 'rules[0].margin': is missing; allowed: a share
            heapLiveBytesPerViewer  | cpuNsPerPacket       | :7: key 'rules[1].metric': value 'cpuNsPerPacket' has an earlier rule
            confidence: 95%         | confidence: 100%     | :9: key 'confidence': value '1.0' is out of range
            confidence: 95%         | confidence: 10%      | :9: key 'confidence': value '0.1' is out of range
            pairsMin: 12            | pairsMin: 1          | :11: key 'pairsMin': value '1' is out of range; allowed: a whole number from 2
            whenInconclusive: fail  | whenInconclusive: shrug | :12: key 'whenInconclusive': value 'shrug' is unknown; allowed: fail, pass
            claims: refutedFails    | claims: believed     | :13: key 'claims': value 'believed' is unknown; allowed: ignore, refutedFails
            timeout: 30m            | timeout: 30          | :14: key 'timeout': value '30'
            timeout: 30m            | time: 30m            | :14: key 'time': unknown key
            kind: gate              | kind: experiment     | :1: key 'kind': value 'experiment' where a gate policy is expected; allowed: gate
            """)
    void aPolicyThatIsWrongNamesItsPlace(String from, String to, String expected) throws IOException {
        Path file = write(GOOD.replaceFirst(Pattern.quote(from), to));

        ScenarioFileException e = catchThrowableOfType(ScenarioFileException.class, () -> GatePolicyFile.read(file));

        assertThat(e).hasMessageContaining(file + expected);
    }

    @Test
    void aPolicyWithoutRulesWouldLetEverythingPass() throws IOException {
        Path file = write("kind: gate\nname: lax\nrules: []\n");

        assertThat(catchThrowableOfType(ScenarioFileException.class, () -> GatePolicyFile.read(file)))
                .hasMessageContaining(":3: key 'rules': the list is empty");
    }

    @ParameterizedTest
    @CsvSource({"project, PROJECT, ''", "jar:some/relay.jar, JAR, some/relay.jar", "revision:HEAD~1, REVISION, HEAD~1"})
    void aBuildIsNamedInOneWord(String text, RelayBuild.Kind kind, String where) {
        assertThat(RelayBuild.parse(text)).contains(new RelayBuild(kind, where));
        assertThat(new RelayBuild(kind, where).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "jar:", "revision:", "revision:--upload-pack=x", "somewhere", "Project"})
    void whatIsNoBuildIsRefused(String text) {
        assertThat(RelayBuild.parse(text)).isEmpty();
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("policy.yaml"), text);
    }
}
