package phasebench.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phasebench.reports.comparison.ComparisonDocument;
import phasebench.reports.evidence.Metric;
import phasebench.reports.rundir.JsonFile;
import phasebench.reports.rundir.RunDirectoryException;
import phasebench.reports.text.Wording;

class MicroReportTest {
    private static final Path RECORDED = Path.of("src/test/resources/recorded/jmh-1.37.json");
    private static final String TITLE = "In the function, and in the process";

    @TempDir
    private Path folder;

    @Test
    void benchmarksStandBesideWhatBecameOfThemInTheProcess() throws IOException {
        Path run = SyntheticRun.standard(folder);
        Files.copy(RECORDED, run.resolve("micro.json"));

        Report report = Report.render(run);

        var comparison =
                JsonFile.read(report.comparison(), ComparisonDocument.class, ComparisonDocument.SCHEMA_VERSION);
        var cpu = comparison.result(Metric.CPU_NS_PER_PACKET);
        String inTheProcess = Wording.change(cpu, cpu.of("batch-send")) + " against start";
        String html = Files.readString(report.html()).replace("&nbsp;", "\u00a0");
        assertThat(html)
                .contains(TITLE, "send a packet: alone, in a batch", "<b>−22.5\u00a0% ± 18.8\u00a0%</b>")
                .contains("<b>" + inTheProcess + "</b>")
                // gso-send is no variant of this run
                .contains("no such variant");
        assertThat(Files.readString(report.markdown()))
                .contains("| batch-send | send a packet: alone, in a batch | 1,410 ± 144 | 1,092 ± 240 |")
                .contains(inTheProcess);
    }

    @Test
    void aRunWithoutBenchmarksHasNoSuchSection() throws IOException {
        Report report = Report.render(SyntheticRun.standard(folder));

        assertThat(Files.readString(report.html())).doesNotContain(TITLE);
        assertThat(Files.readString(report.markdown())).doesNotContain("In the function");
    }

    @Test
    void benchmarksThatCannotBeReadAreNamed() throws IOException {
        Path run = SyntheticRun.standard(folder);
        Files.writeString(run.resolve("micro.json"), "");

        assertThatThrownBy(() -> Report.render(run))
                .isInstanceOf(RunDirectoryException.class)
                .hasMessageContaining("micro.json");
    }
}
