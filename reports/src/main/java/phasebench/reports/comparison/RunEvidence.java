package phasebench.reports.comparison;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phasebench.reports.micro.MicroEvidence;
import phasebench.reports.rundir.CeilingEvidence;
import phasebench.reports.rundir.FloorEvidence;
import phasebench.reports.rundir.NoiseEvidence;
import phasebench.reports.rundir.PairDirectory;
import phasebench.reports.rundir.PairRecord;
import phasebench.reports.rundir.RunDirectory;
import phasebench.reports.rundir.RunDirectoryException;
import phasebench.reports.rundir.RunManifest;
import phasebench.reports.rundir.TrialDirectory;
import phasebench.reports.rundir.TrialKind;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.reports.rundir.TrialRecord;
import phasebench.reports.verdict.Comparison;
import phasebench.reports.verdict.Comparisons;
import phasebench.scenarios.PhaseLadder;
import phasebench.scenarios.Variant;

/// A run as read from its directory, all of it before anything is derived.
///
/// @param trials in the order of their beginning
/// @param pairs launch pairs, by name
/// @param unfinished folders of trials and launch pairs that were cut short
/// @param floor what the machine charges for the bare minimum; null when that was not measured
/// @param ladder the phases that the variants come from; null for a run without
/// @param micro benchmarks of single functions; null where none were run
/// @param noise what was known of the machine's noise; null for one that was not calibrated
/// @param ceiling what the load generator could receive; null when that was not measured
public record RunEvidence(
        RunManifest manifest,
        List<TrialRecord> trials,
        List<PairRecord> pairs,
        List<String> unfinished,
        @Nullable FloorEvidence floor,
        @Nullable PhaseLadder ladder,
        @Nullable MicroEvidence micro,
        @Nullable NoiseEvidence noise,
        @Nullable CeilingEvidence ceiling)
        implements Comparisons {
    public RunEvidence {
        trials = List.copyOf(trials);
        pairs = List.copyOf(pairs);
        unfinished = List.copyOf(unfinished);
    }

    /// Throws when the directory is no run or one of its files cannot be read.
    public static RunEvidence read(Path runDirectory) throws RunDirectoryException {
        RunDirectory run = RunDirectory.open(runDirectory);
        List<TrialRecord> trials = new ArrayList<>();
        List<String> unfinished = new ArrayList<>();
        for (TrialDirectory directory : run.trials()) {
            Optional<TrialRecord> trial = directory.record();
            trial.ifPresentOrElse(trials::add, () -> unfinished.add(directory.name()));
        }
        List<PairRecord> pairs = new ArrayList<>();
        for (PairDirectory directory : run.pairs()) {
            Optional<PairRecord> pair = directory.record();
            pair.ifPresentOrElse(pairs::add, () -> unfinished.add(directory.name()));
        }
        return new RunEvidence(
                run.manifest(),
                trials,
                pairs,
                unfinished,
                run.floor().orElse(null),
                run.phases().orElse(null),
                Files.exists(run.microFile()) ? MicroEvidence.read(run.microFile()) : null,
                run.noise().orElse(null),
                run.ceiling().orElse(null));
    }

    /// Ids of all variants, baseline first, the others in the order of the plan.
    public List<String> variants() {
        List<String> ids = new ArrayList<>();
        ids.add(manifest.experiment().baseline());
        for (Variant variant : manifest.experiment().variants()) {
            if (!ids.contains(variant.id())) {
                ids.add(variant.id());
            }
        }
        return ids;
    }

    /// Whether steady trials were planned.
    public boolean hasRounds() {
        return manifest.experiment().rounds() > 0;
    }

    /// Whether the experiment has launch pairs, alone or beside trials.
    public boolean isDuet() {
        return manifest.experiment().duet() != null;
    }

    @Override
    public List<Comparison> comparisons() {
        return RunFamily.of(this);
    }

    /// Whether trials differ in their number of viewers; then those of one variant are no repetitions of each other.
    public boolean isOverViewers() {
        return manifest.experiment().hasViewerCounts();
    }

    /// The trials that count: steady, and measured. None in an experiment over several numbers of viewers, whose trials
    /// [#measuredOverViewers] has.
    public List<TrialRecord> measured(String variant) {
        return isOverViewers() ? List.of() : steady(variant);
    }

    /// The trials that count at each number of viewers, in an experiment over several of them.
    public List<TrialRecord> measuredOverViewers(String variant) {
        return isOverViewers() ? steady(variant) : List.of();
    }

    private List<TrialRecord> steady(String variant) {
        return trials.stream()
                .filter(trial -> trial.id().kind() == TrialKind.STEADY)
                .filter(trial -> trial.id().variant().equals(variant))
                .filter(trial -> trial.outcome() instanceof TrialOutcome.Measured)
                .toList();
    }
}
