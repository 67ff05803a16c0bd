package phasebench.reports;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phasebench.reports.comparison.Comparer;
import phasebench.reports.comparison.ComparisonDocument;
import phasebench.reports.comparison.FloorRatio;
import phasebench.reports.comparison.RunEvidence;
import phasebench.reports.evidence.Metric;
import phasebench.reports.rundir.FloorEvidence;
import phasebench.reports.rundir.FloorKind;
import phasebench.reports.rundir.FloorReading;
import phasebench.reports.rundir.JsonFile;
import phasebench.reports.rundir.RunDirectory;
import phasebench.reports.rundir.RunDirectoryException;
import phasebench.reports.text.FloorTable;

class FloorReportTest {
    @TempDir
    private Path folder;

    @Test
    void aFloorIsReadAsItWasWritten() throws IOException {
        RunDirectory run = RunDirectory.open(SyntheticRun.standard(folder));

        assertThat(run.floor()).contains(SyntheticFloor.complete());
        assertThat(Files.readString(run.path().resolve("floor.json")))
                .contains("\"cpuNsPerPacketMedian\" : 620.0", "\"missing\" : \"" + SyntheticFloor.NO_OPENSSL + "\"");
    }

    @Test
    void aVariantIsComparedWithTheFloorOfItsProtectionAndItsSend() throws IOException {
        ComparisonDocument comparison = Comparer.compare(RunEvidence.read(SyntheticRun.standard(folder)));

        FloorRatio start = comparison.floorRatio("start").orElseThrow();
        assertThat(start.floor()).isEqualTo("aes-cm-sha1 (jce) + sendto");
        assertThat(start.queuedNs()).isEqualTo(1200 + 1172 + 150);
        double cpuNs = requireNonNull(
                comparison.result(Metric.CPU_NS_PER_PACKET).of("start").mean());
        assertThat(requireNonNull(start.queuedRatio())).isCloseTo(cpuNs / 2522, within(1e-9));
        assertThat(requireNonNull(start.droppedRatio())).isCloseTo(cpuNs / 2372, within(1e-9));
        assertThat(requireNonNull(start.pacedRatio())).isCloseTo(cpuNs / SyntheticFloor.PACED_NS, within(1e-9));
        assertThat(comparison.floorRatio("batch-send").orElseThrow().pacedRatio())
                .isNull();
        assertThat(comparison.floorRatio("batch-send").orElseThrow().floor())
                .isEqualTo("aes-gcm (jce) + sendmmsg of 64");
    }

    @Test
    void pageAndMarkdownShowFloorRatioAndWhatIsMissing() throws IOException {
        Path path = SyntheticRun.standard(folder);
        Report report = Report.render(path);
        ComparisonDocument comparison =
                JsonFile.read(report.comparison(), ComparisonDocument.class, ComparisonDocument.SCHEMA_VERSION);
        FloorRatio start = comparison.floorRatio("start").orElseThrow();
        String ratio = FloorTable.times(start.queuedRatio());

        assertThat(Files.readString(report.html()))
                .contains("What this machine charges for the bare minimum")
                .contains("992 (952)", ratio + " × the floor of aes-cm-sha1 (jce) + sendto")
                .contains("n/a: aes-gcm (openssl); ", ": " + SyntheticFloor.NO_OPENSSL)
                .doesNotContain("NaN");
        assertThat(Files.readString(report.markdown()))
                .contains("| gso x 8 | dropped | 372 (332) | 992 (952) | 1,572 (1,532) | n/a |")
                .contains("- start: CPU per packet is " + ratio + " (queued)");
    }

    @Test
    void aRelayWhoseSettingsSayAnotherProviderThanMeasuredHasNoRatioAndAReason() throws IOException {
        Path path = SyntheticRun.standard(folder);
        for (int round = 1; round <= 4; round++) {
            Path trial = path.resolve("trials/0" + round + "-batch-send/trial.json");
            Files.writeString(
                    trial, Files.readString(trial).replace("pid=4711", "pid=4711 srtpProvider=openssl send=gso"));
        }

        FloorRatio ratio = Comparer.compare(RunEvidence.read(path))
                .floorRatio("batch-send")
                .orElseThrow();

        assertThat(ratio.floor()).isEqualTo("aes-gcm (openssl) + gso x 8");
        assertThat(ratio.queuedRatio()).isNull();
        assertThat(ratio.missing()).isEqualTo(SyntheticFloor.NO_OPENSSL);
    }

    @Test
    void withoutAFloorNothingIsSaidOfOne() throws IOException {
        Path path = SyntheticRun.standard(folder);
        Files.delete(path.resolve("floor.json"));

        Report report = Report.render(path);

        assertThat(Files.readString(report.html())).doesNotContain("bare minimum", "the floor of");
        assertThat(Files.readString(report.markdown())).doesNotContain("bare minimum");
    }

    @Test
    void intrinsicsThatAreNotInUseAreAWarning() throws IOException {
        Path path = SyntheticRun.standard(folder);
        assertThat(Comparer.compare(RunEvidence.read(path)).warnings()).noneMatch(text -> text.contains("AES-CTR"));

        RunDirectory.open(path).writeFloor(SyntheticFloor.with(2800, 2900));

        assertThat(Comparer.compare(RunEvidence.read(path)).warnings())
                .anyMatch(text -> text.contains("AES-CTR 2800 ns with intrinsics and 2900 without"));
    }

    @Test
    void aBrokenFloorIsNamed() throws IOException {
        Path path = SyntheticRun.standard(folder);
        Files.writeString(path.resolve("floor.json"), "{\"schemaVersion\": 2}");

        assertThatThrownBy(() -> Report.render(path))
                .isInstanceOf(RunDirectoryException.class)
                .hasMessageContaining("floor.json")
                .hasMessageContaining("has schema version 2");
    }

    @Test
    void aReadingHasEitherFiguresOrAReason() {
        FloorKind kind = FloorKind.protecting("aes-gcm", "jce");
        assertThatThrownBy(() -> new FloorReading(kind, 1.0, 1.0, 1, "none"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FloorReading(kind, null, null, 0, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FloorKind(null, null, null, 0, null)).hasMessageContaining("neither");
        assertThat(FloorKind.of("aes-gcm", "jce", "carrier-pigeon", FloorKind.QUEUED))
                .isEmpty();
        assertThat(FloorEvidence.SCHEMA_VERSION).isEqualTo(1);
    }
}
