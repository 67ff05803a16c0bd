package phasebench.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phasebench.reports.comparison.ComparisonDocument;
import phasebench.reports.comparison.ComparisonDocument.MetricResult;
import phasebench.reports.comparison.ComparisonDocument.VariantResult;
import phasebench.reports.evidence.Metric;
import phasebench.reports.rundir.JsonFile;
import phasebench.reports.rundir.ProcessReading;
import phasebench.reports.rundir.RunDirectory;
import phasebench.reports.rundir.RunDirectoryException;
import phasebench.reports.rundir.ThreadRoleReading;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.reports.rundir.TrialRecord;
import phasebench.reports.text.Figures;
import phasebench.reports.text.Wording;

class ReportTest {
    @TempDir
    private Path folder;

    @Test
    void renderingTwiceGivesIdenticalBytes() throws IOException {
        Path run = SyntheticRun.standard(folder);
        Report first = Report.render(run);
        List<byte[]> before = bytes(first);
        assertThat(bytes(Report.render(run))).usingRecursiveComparison().isEqualTo(before);
    }

    @Test
    void theRunDirectoryAloneGivesTheSamePageElsewhere() throws IOException {
        Path run = SyntheticRun.standard(folder.resolve("here"));
        List<byte[]> here = bytes(Report.render(run));
        Path moved = folder.resolve("else where/" + run.getFileName());
        copyWithoutReport(run, moved);
        assertThat(bytes(Report.render(moved))).usingRecursiveComparison().isEqualTo(here);
    }

    @Test
    void thePageNeedsNothingElse() throws IOException {
        Path run = SyntheticRun.standard(folder);
        String html = Files.readString(Report.render(run).html());
        assertThat(html).doesNotContain("http://", "https://", "<script", "@import", "url(", folder.toString());
        assertThat(Pattern.compile("(src|href)=\"(?!#|\\.\\./|report\\.md|samples\\.csv|verdicts\\.csv)")
                        .matcher(html)
                        .results())
                .isEmpty();
        assertThat(html.length()).isLessThan(1_000_000);
    }

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        Report report = Report.render(SyntheticRun.standard(folder));
        String html = Files.readString(report.html());
        Matcher link = Pattern.compile("href=\"([^#\"]+)\"").matcher(html);
        int links = 0;
        while (link.find()) {
            assertThat(report.html().resolveSibling(link.group(1)).normalize()).exists();
            links++;
        }
        assertThat(links).isGreaterThan(300);
        assertThat(html).contains("gc.log (not in the run directory)");
    }

    /// trial.json -> comparison.json -> page and Markdown: the same figures all the way.
    @Test
    void theFiguresOfThePageAreThoseOfTheFiles() throws IOException {
        Path path = SyntheticRun.standard(folder);
        Report report = Report.render(path);
        ComparisonDocument comparison =
                JsonFile.read(report.comparison(), ComparisonDocument.class, ComparisonDocument.SCHEMA_VERSION);
        String html = Files.readString(report.html()).replace("&nbsp;", "\u00a0");
        String markdown = Files.readString(report.markdown());
        List<TrialRecord> trials = RunDirectory.open(path).trialRecords();
        assertThat(comparison.metrics()).hasSameSizeAs(Metric.values());
        for (MetricResult result : comparison.metrics()) {
            Metric metric = Metric.byId(result.metric()).orElseThrow();
            Figures figures = Wording.figures(result);
            for (VariantResult variant : result.variants()) {
                assertThat(variant.samples()).hasSize(variant.variant().equals("batch-send") ? 3 : 4);
                variant.samples().forEach(sample -> {
                    TrialRecord trial = trials.stream()
                            .filter(record -> record.id().directoryName().equals(sample.trial()))
                            .findFirst()
                            .orElseThrow();
                    assertThat(trial.outcome()).isInstanceOf(TrialOutcome.Measured.class);
                    assertThat(metric.of(trial))
                            .hasToString("Value[value=" + Objects.requireNonNull(sample.value()) + "]");
                    assertThat(html).contains(">" + figures.full(sample.value()) + "<");
                });
                String mean = figures.number(Objects.requireNonNull(variant.mean()));
                assertThat(html).contains("<span class=\"mean\">" + mean + "</span>");
                assertThat(html).contains(">" + Wording.change(result, variant) + "<");
                assertThat(html).contains(Wording.interval(result, variant));
                assertThat(markdown).contains(mean).contains(Wording.change(result, variant));
            }
        }
    }

    private static long withoutJitNs(ProcessReading reading) {
        return reading.cpuNs()
                - reading.threads().stream()
                        .filter(thread -> thread.role().equals("jit"))
                        .mapToLong(ThreadRoleReading::cpuNs)
                        .sum();
    }

    @Test
    void cpuPerPacketIsWhatTheRawFieldsSay() throws IOException {
        Path path = SyntheticRun.standard(folder);
        ComparisonDocument comparison = JsonFile.read(
                Report.render(path).comparison(), ComparisonDocument.class, ComparisonDocument.SCHEMA_VERSION);
        TrialRecord trial = RunDirectory.open(path).trialRecords().getFirst();
        double expected = (withoutJitNs(Objects.requireNonNull(trial.after()))
                        - withoutJitNs(Objects.requireNonNull(trial.before())))
                / (double) Objects.requireNonNull(trial.load()).packetsReceived();
        VariantResult start = comparison.metrics().getFirst().of("start");
        assertThat(start.samples().getFirst().value()).isEqualTo(expected);
        VariantResult batch = comparison.metrics().getFirst().of("batch-send");
        assertThat(Objects.requireNonNull(batch.change()).estimate()).isCloseTo(6420 / 9800.0 - 1, within(0.03));
        assertThat(batch.finding()).isEqualTo("lower");
        assertThat(batch.isIndicative()).isTrue();
    }

    @Test
    void trialsThatDoNotCountAreShownWithTheirReasonsAndYieldNoNumber() throws IOException {
        Report report = Report.render(SyntheticRun.standard(folder));
        String html = Files.readString(report.html());
        assertThat(html)
                .contains("11 measured, 1 invalid, 1 failed, 2 profiled")
                .contains("other processes used 14.2 % of the relay&#39;s core (limit 2 %)")
                .contains("no frame reached any viewer for 2 s")
                .contains("start 0 of 4, srtp-gcm 1 of 5, batch-send 1 of 4")
                .contains("No profile of batch-send");
        assertThat(Files.readAllLines(report.csv()))
                .filteredOn(line -> line.startsWith("02-srtp-gcm,"))
                .hasSize(Metric.values().length)
                .allMatch(line -> line.endsWith(",,\"the trial is invalid\""));
    }

    @Test
    void markupInANameIsText() throws IOException {
        String evil = "<script>alert('x')</script><img src=x onerror=\"y\">`|";
        SyntheticRun.Truth variant = new SyntheticRun.Truth("evil", evil, Map.of("srtp", evil), 9000, 1);
        Path run = new SyntheticRun(folder, 2, List.of(SyntheticRun.BEFORE, variant)).write();
        Report report = Report.render(run);
        assertThat(Files.readString(report.html()))
                .doesNotContain("<script", "<img")
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;");
        assertThat(Files.readString(report.markdown())).doesNotContain("<script", "<img");
    }

    @Test
    void aKilledRunRenders() throws IOException {
        Path path = SyntheticRun.standard(folder);
        Files.delete(path.resolve("trials/04-batch-send/trial.json"));
        Files.createDirectory(path.resolve("trials/05-start"));
        String html = Files.readString(Report.render(path).html());
        assertThat(html).contains("2 unfinished", "the run ended before the trial did", "The run is not complete");
    }

    @Test
    void aRunWithoutAnyTrialRenders() throws IOException {
        Path path = SyntheticRun.standard(folder);
        copyManifest(path, folder.resolve("bare"));
        String html = Files.readString(Report.render(folder.resolve("bare")).html());
        assertThat(html).contains("no comparison with start").contains("not available: no trial was measured");
        assertThat(html).doesNotContain("NaN");
    }

    @Test
    void aBrokenDirectoryIsNamed() throws IOException {
        assertThatThrownBy(() -> Report.render(folder.resolve("none")))
                .isInstanceOf(RunDirectoryException.class)
                .hasMessageEndingWith("no such run directory");
        Path path = SyntheticRun.standard(folder);
        Path trial = path.resolve("trials/01-start/trial.json");
        Files.writeString(trial, Files.readString(trial).substring(0, 900));
        assertThatThrownBy(() -> Report.render(path)).hasMessageStartingWith(trial + ": line ");
        Files.writeString(trial, "{\"schemaVersion\": 2}");
        assertThatThrownBy(() -> Report.render(path)).hasMessageContaining("has schema version 2");
    }

    @Test
    void oneTrialOfEachMakesNoClaim() throws IOException {
        Path path = new SyntheticRun(folder, 1, List.of(SyntheticRun.BEFORE, SyntheticRun.BATCH)).write();
        String html = Files.readString(Report.render(path).html());
        assertThat(html).contains("no interval: need &gt;= 2 trials").doesNotContain("clearly");
    }

    @Test
    void whatTheRelayDoesNotExportIsNamedAndNeverANumber() throws IOException {
        Path path = SyntheticRun.standard(folder);
        for (String name : List.of("01-start", "02-start", "03-start", "04-start")) {
            Path trial = path.resolve("trials/" + name + "/trial.json");
            Files.writeString(trial, Files.readString(trial).replace("relay_send_calls_total", "other"));
        }
        String html = Files.readString(Report.render(path).html());
        assertThat(html)
                .contains("not available: the relay exports no relay_send_calls_total")
                .doesNotContain("NaN");
    }

    private static List<byte[]> bytes(Report report) throws IOException {
        return List.of(
                Files.readAllBytes(report.html()),
                Files.readAllBytes(report.markdown()),
                Files.readAllBytes(report.csv()),
                Files.readAllBytes(report.comparison()));
    }

    private static void copyManifest(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        Files.copy(from.resolve("manifest.json"), to.resolve("manifest.json"));
    }

    private static void copyWithoutReport(Path from, Path to) throws IOException {
        copyTree(from, to);
        for (String name : List.of("index.html", "report.md", "samples.csv")) {
            Files.delete(to.resolve("report").resolve(name));
        }
        Files.delete(to.resolve("comparison.json"));
    }

    private static void copyTree(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(to.resolve(from.relativize(directory).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
