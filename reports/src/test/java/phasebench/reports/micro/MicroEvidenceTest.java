package phasebench.reports.micro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phasebench.reports.micro.MicroEvidence.Measured;
import phasebench.reports.rundir.RunDirectoryException;
import phasebench.reports.text.MicroTable;

class MicroEvidenceTest {
    private static final Path RECORDED = Path.of("src/test/resources/recorded/jmh-1.37.json");

    @TempDir
    private Path folder;

    @Test
    void theRecordedFileIsReadWithParametersCpuAndBytes() throws IOException {
        MicroEvidence evidence = MicroEvidence.read(RECORDED);

        MicroResult gso = evidence.find(MicroBenchmark.of("SendBenchmark.send", "send", "GSO"))
                .orElseThrow();
        assertThat(gso.benchmark()).hasToString("SendBenchmark.send (send=GSO)");
        assertThat(gso.timeNs().mean()).isCloseTo(398.45, within(0.01));
        assertThat(Objects.requireNonNull(gso.timeNs().error())).isCloseTo(98.69, within(0.01));
        assertThat(Objects.requireNonNull(gso.allocatedBytes()).mean()).isCloseTo(0.043, within(0.001));
        assertThat(evidence.results()).hasSize(8);
    }

    @Test
    void pairsAreFoundInTheOrderOfThePhasesAndThoseOfWhichAHalfIsMissingAreLeftOut() throws IOException {
        List<Measured> pairs = MicroEvidence.read(RECORDED).pairs();

        assertThat(pairs)
                .extracting(pair -> pair.phase().id())
                .containsExactly("no-nack", "buffer-pool", "batch-send", "gso-send", "shared-nack");
        Measured gso = pairs.get(3);
        assertThat(gso.ratio()).isCloseTo(398.45 / 1092.41, within(1e-4));
        assertThat(Objects.requireNonNull(gso.ratioError()))
                .isCloseTo(gso.ratio() * Math.hypot(98.687 / 398.453, 240.410 / 1092.411), within(1e-4));
    }

    @Test
    void theTableSaysChangeErrorAndBytes() throws IOException {
        MicroTable.Row row = MicroTable.of(MicroEvidence.read(RECORDED), null).get(1);

        assertThat(row.phase()).isEqualTo("buffer-pool");
        assertThat(row.before()).isEqualTo("182 ± 38");
        assertThat(row.after()).isEqualTo("58.3 ± 30");
        assertThat(row.change()).isEqualTo("−67.9\u00a0% ± 17.9\u00a0%");
        assertThat(row.bytes()).isEqualTo("1,280 → 0");
        assertThat(row.process()).isEmpty();
    }

    /// JMH writes "NaN" as a string where there was one iteration, and a run without our profiler has no CPU time.
    @Test
    void oneIterationHasNoErrorAndTheClockOnTheWallStandsInForCpu() throws IOException {
        MicroEvidence evidence = read("""
                [{"benchmark": "a.b.C.d", "mode": "avgt", "secondaryMetrics": {},
                  "primaryMetric": {"score": 12.5, "scoreError": "NaN", "scoreUnit": "ns/op"}}]""");

        MicroResult result = evidence.find(MicroBenchmark.of("C.d")).orElseThrow();
        assertThat(result.timeNs()).isEqualTo(new MicroScore(12.5, null));
        assertThat(MicroTable.time(result)).isEqualTo("12.5 (wall)");
        assertThat(MicroTable.bytes(result.allocatedBytes())).isEqualTo("?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            [{"benchmark": "a.C.d", "mod                                        | not a whole or valid file
            {"schemaVersion": 1}                                                | not results of JMH: no array
            [{}]                                                                | an entry names no benchmark
            [{"benchmark": "a.C.d", "mode": "thrpt"}]                           | a.C.d was not measured in average time
            [{"benchmark": "a.C.d", "mode": "avgt"}]                            | a.C.d has no score
            [{"benchmark": "a.C.d", "mode": "avgt", "primaryMetric": {"score": 1, "scoreUnit": "us/op"}}] | a.C.d is in "us/op", not ns/op
            """)
    void aFileThatIsNoneIsRefusedWithWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(RunDirectoryException.class)
                .hasMessageContaining("micro.json")
                .hasMessageContaining(message);
    }

    @Test
    void everyPhaseHasBenchmarksOfItsOwnClassesAndIsFoundByItsId() {
        assertThat(Arrays.stream(MicroPhase.values())).allSatisfy(phase -> {
            assertThat(MicroPhase.byId(phase.id())).contains(phase);
            assertThat(phase.pairs()).isNotEmpty().allSatisfy(pair -> {
                assertThat(pair.before()).isNotEqualTo(pair.after());
                assertThat(phase.benchmarkClasses())
                        .contains(className(pair.before()))
                        .contains(className(pair.after()));
            });
        });
        assertThat(MicroPhase.byId("rtcp-3s")).isEmpty();
    }

    private static String className(MicroBenchmark benchmark) {
        return benchmark.name().substring(0, benchmark.name().indexOf('.'));
    }

    private MicroEvidence read(String text) throws IOException {
        return MicroEvidence.read(Files.writeString(folder.resolve("micro.json"), text));
    }
}
