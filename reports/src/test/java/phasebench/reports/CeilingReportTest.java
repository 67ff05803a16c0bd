package phasebench.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phasebench.reports.comparison.Comparer;
import phasebench.reports.comparison.RunEvidence;
import phasebench.reports.rundir.CeilingEvidence;
import phasebench.reports.rundir.RunDirectory;

class CeilingReportTest {
    @TempDir
    private Path folder;

    private static CeilingEvidence ceiling(double wanted) {
        return new CeilingEvidence(CeilingEvidence.SCHEMA_VERSION, "recvmmsg", 1000, List.of(450.0), 0, "", 1, wanted);
    }

    @Test
    void aCeilingIsReadAsItWasWrittenAndStandsWithTheMachine() throws IOException {
        Path path = SyntheticRun.standard(folder);
        RunDirectory.open(path).writeCeiling(ceiling(100_000));

        assertThat(RunDirectory.open(path).ceiling()).contains(ceiling(100_000));
        assertThat(Files.readString(Report.render(path).html()))
                .contains("can receive about 2,000,000 packets/s here; the scenario asks for 100,000 (5 %)")
                .doesNotContain("The scenario asks for 5 %");
    }

    @Test
    void whoComesCloseToItIsWarned() throws IOException {
        Path path = SyntheticRun.standard(folder);
        RunDirectory.open(path).writeCeiling(ceiling(1_900_000));

        assertThat(Comparer.compare(RunEvidence.read(path)).warnings())
                .contains(ceiling(1_900_000).warning());
    }

    @Test
    void aRunFromBeforeHasNone() throws IOException {
        Path path = SyntheticRun.standard(folder);

        assertThat(RunDirectory.open(path).ceiling()).isEmpty();
        assertThat(Files.readString(Report.render(path).html())).doesNotContain("can receive about");
    }
}
