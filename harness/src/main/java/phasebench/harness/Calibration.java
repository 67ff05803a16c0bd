package phasebench.harness;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import phasebench.harness.CalibrationDesign.Cell;
import phasebench.harness.plan.ExperimentPlan;
import phasebench.reports.comparison.RunEvidence;
import phasebench.reports.noise.ControlExperiment;
import phasebench.reports.noise.HostFingerprint;
import phasebench.reports.noise.NoiseFile;
import phasebench.reports.noise.NoiseKind;
import phasebench.reports.noise.NoiseStore;
import phasebench.reports.rundir.RunDirectory;
import phasebench.reports.rundir.RunDirectoryException;
import phasebench.reports.rundir.RunManifest;
import phasebench.reports.verdict.Judgement;
import phasebench.reports.verdict.Judgements;
import phasebench.reports.verdict.Rules;
import phasebench.scenarios.ExperimentSpec;

/// Runs the experiments of a calibration that are still missing, has each judged as any other experiment is, and keeps
/// what came of it. Each experiment is a run directory of its own; one that was cut short goes on.
final class Calibration {
    /// Which experiments count as done already.
    enum Days {
        /// Those of this day: a machine's noise is that of the day.
        TODAY,
        /// Those of any day: to gather many, little by little.
        ANY
    }

    private final CalibrationDesign design;
    private final Site site;
    private final PrintStream out;
    private final InstantSource clock;

    /// @param site without a floor: an experiment that is to be like the others needs none of its own
    Calibration(CalibrationDesign design, Site site, PrintStream out, InstantSource clock) {
        this.design = design;
        this.site = site;
        this.out = out;
        this.clock = clock;
    }

    /// @param limit no experiment begins that would probably end later; the first one always does
    /// @return exit code
    int run(Duration limit, Days days)
            throws UsageException, PreflightException, BuildFailedException, IOException, InterruptedException {
        Instant began = clock.instant();
        List<Cell> ahead = missing(days);
        out.printf(
                "calibration %s: %d of %d experiments are done%s%n",
                design.base().name(),
                design.cells().size() - ahead.size(),
                design.cells().size(),
                days == Days.TODAY ? " today" : "");
        int worst = ExitCode.OK;
        int count = 0;
        for (Cell cell : ahead) {
            ExperimentPlan plan = ExperimentPlan.of(cell.spec());
            Duration spent = Duration.between(began, clock.instant());
            if (count > 0 && spent.plus(plan.expected()).compareTo(limit) > 0) {
                out.printf(
                        "time is up: %d experiments are left; the same command goes on with them%n",
                        ahead.size() - count);
                break;
            }
            count++;
            out.printf(
                    "%nexperiment %d of %d: %s, about %s%n",
                    count, ahead.size(), cell.spec().name(), Progress.inWords(plan.expected()));
            int code = run(cell, plan, days);
            if (code == ExitCode.INTERRUPTED) {
                return code;
            }
            worst = Math.max(worst, code);
        }
        out.println();
        out.print(CalibrationText.of(known(days), design.base()));
        return worst;
    }

    private List<Cell> missing(Days days) throws IOException {
        Set<String> done = new HashSet<>();
        for (NoiseFile noise : known(days)) {
            noise.experiments().stream()
                    .filter(ControlExperiment::isValid)
                    .forEach(experiment -> done.add(experiment.experiment()));
        }
        return design.cells().stream()
                .filter(cell -> !done.contains(cell.spec().name()))
                .toList();
    }

    /// What is known of this machine by this design.
    private List<NoiseFile> known(Days days) throws IOException {
        List<NoiseFile> known = new ArrayList<>();
        String name = design.name();
        for (NoiseFile noise : NoiseStore.beside(site.runs()).ofHost(host(), kind())) {
            if (noise.design().equals(name) && (days == Days.ANY || noise.day().equals(today()))) {
                known.add(noise);
            }
        }
        return known;
    }

    /// @return exit code
    private int run(Cell cell, ExperimentPlan plan, Days days)
            throws UsageException, PreflightException, BuildFailedException, IOException, InterruptedException {
        Optional<RunDirectory> begun = begun(cell.spec(), days);
        int code = begun.isPresent()
                ? Resumption.of(begun.get().path(), site).resume(out)
                : new Experiment(plan, site, out).run();
        if (code != ExitCode.INTERRUPTED) {
            keep(cell, begun(cell.spec(), days).orElseThrow());
        }
        return code;
    }

    /// The newest run of the experiment that can go on here; it may have come to its end without being kept.
    /// One that was kept and has to be run again is left as it is.
    private Optional<RunDirectory> begun(ExperimentSpec spec, Days days) throws IOException {
        Set<String> kept = new HashSet<>();
        for (NoiseFile noise : known(Days.ANY)) {
            noise.experiments().forEach(experiment -> kept.add(experiment.run()));
        }
        List<Path> paths = new ArrayList<>();
        if (Files.isDirectory(site.runs())) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(site.runs(), "*-" + spec.name() + "*")) {
                found.forEach(paths::add);
            }
        }
        paths.sort(null);
        for (Path path : paths.reversed()) {
            if (!kept.contains(path.getFileName().toString()) && isRun(path, spec, days)) {
                return Optional.of(RunDirectory.open(path));
            }
        }
        return Optional.empty();
    }

    private boolean isRun(Path path, ExperimentSpec spec, Days days) throws IOException {
        try {
            RunManifest manifest = RunDirectory.open(path).manifest();
            return manifest.experiment().equals(spec)
                    && (days == Days.ANY || day(manifest).equals(today()))
                    && Resumption.of(path, site).isPossible();
        } catch (RunDirectoryException _) {
            // killed before its manifest was whole: there is nothing in it to go on with
            return false;
        }
    }

    private void keep(Cell cell, RunDirectory run) throws IOException {
        RunEvidence evidence = RunEvidence.read(run.path());
        List<ControlExperiment.Judged> judged = Judgements.of(evidence, Rules.EXPERIMENT).all().stream()
                .map(Calibration::judged)
                .toList();
        NoiseStore store = NoiseStore.beside(site.runs());
        NoiseFile noise = store.read(host(), day(evidence.manifest()), kind(), design.name())
                .with(new ControlExperiment(run.id(), cell.spec().name(), cell.plant(), design.size(), judged));
        store.write(noise);
        for (ControlExperiment.Judged comparison : judged) {
            out.printf(
                    "%s: %s %s%n",
                    cell.spec().name(), CalibrationText.label(comparison.metric()), comparison.verdict());
        }
    }

    private static ControlExperiment.Judged judged(Judgement judgement) {
        return new ControlExperiment.Judged(
                judgement.comparison().metric(),
                judgement.comparison().logRatios(),
                judgement.verdict().word(),
                judgement.ratio());
    }

    private String host() throws IOException {
        return HostFingerprint.of(site.environment());
    }

    private NoiseKind kind() {
        return NoiseKind.of(design.base());
    }

    private String today() {
        return day(clock.instant().toString());
    }

    private static String day(RunManifest manifest) {
        return day(manifest.startedAt());
    }

    /// Of an ISO-8601 instant.
    private static String day(String instant) {
        return instant.split("T", 2)[0];
    }
}
