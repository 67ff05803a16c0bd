package phasebench.reports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import phasebench.reports.comparison.Comparer;
import phasebench.reports.comparison.ComparisonDocument;
import phasebench.reports.comparison.RunEvidence;
import phasebench.reports.html.HtmlPage;
import phasebench.reports.html.PageComposer;
import phasebench.reports.html.TrialFiles;
import phasebench.reports.rundir.JsonFile;
import phasebench.reports.rundir.RunDirectory;
import phasebench.reports.text.MarkdownReport;
import phasebench.reports.text.SamplesCsv;
import phasebench.reports.text.VerdictsCsv;

/// The report of one run, from its run directory alone; rendering again gives the same bytes.
///
/// @param html the page to open first
public record Report(Path html, Path markdown, Path csv, Path verdicts, Path comparison) {
    /// Reads the evidence, compares, and writes `comparison.json` and the folder `report/`.
    ///
    /// Throws `RunDirectoryException`, which names the file that is wrong, when the directory is no run that can be
    /// read.
    public static Report render(Path runDirectory) throws IOException {
        RunEvidence run = RunEvidence.read(runDirectory);
        ComparisonDocument comparison = Comparer.compare(run);
        RunDirectory directory = RunDirectory.open(runDirectory);
        Path folder = Files.createDirectories(directory.reportFolder());
        Report report = new Report(
                folder.resolve("index.html"),
                folder.resolve("report.md"),
                folder.resolve("samples.csv"),
                folder.resolve("verdicts.csv"),
                directory.comparisonFile());
        JsonFile.write(report.comparison, comparison);
        JsonFile.writeText(
                report.html, HtmlPage.render(new PageComposer(run, comparison, new TrialFiles(runDirectory)).page()));
        JsonFile.writeText(report.markdown, MarkdownReport.render(run, comparison));
        JsonFile.writeText(report.csv, SamplesCsv.render(run));
        JsonFile.writeText(report.verdicts, VerdictsCsv.render(comparison));
        return report;
    }
}
