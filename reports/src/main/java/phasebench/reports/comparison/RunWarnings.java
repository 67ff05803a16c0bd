package phasebench.reports.comparison;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phasebench.reports.comparison.ComparisonDocument.MetricResult;
import phasebench.reports.comparison.ComparisonDocument.VariantResult;
import phasebench.reports.evidence.Metric;
import phasebench.reports.rundir.CeilingEvidence;
import phasebench.reports.rundir.FloorEvidence;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.PairKind;
import phasebench.reports.rundir.ProcessReading;
import phasebench.reports.rundir.RunDirectory;
import phasebench.reports.rundir.TrialKind;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.reports.rundir.TrialRecord;
import phasebench.reports.stats.Finding;

/// What a reader must know before trusting a number: each with its evidence.
final class RunWarnings {
    private static final String RTP_OUT = "relay_rtp_packets_out_total";

    /// Packets between the window's edge and the reading beside it; more than this is not an edge effect.
    private static final double PACKETS_APART_MAX = 0.005;

    /// Variants whose delivered packets per second differ by more did not carry the same load.
    private static final double LOAD_APART_MAX = 0.005;

    /// A core that wakes up twice as often per packet works in another regime.
    private static final double WAKE_UPS_APART_MAX = 2;

    /// A ratio that the way of reading may have moved by more is not what a launch pair is for.
    private static final double UNCERTAIN_SHARE_MAX = 0.003;

    private final RunEvidence run;
    private final List<MetricResult> metrics;
    private final List<LaunchPairs> pairs;
    private final @Nullable DuetResult duet;
    private final List<String> warnings = new ArrayList<>();

    RunWarnings(RunEvidence run, List<MetricResult> metrics, List<LaunchPairs> pairs, @Nullable DuetResult duet) {
        this.run = run;
        this.metrics = metrics;
        this.pairs = pairs;
        this.duet = duet;
    }

    List<String> all() {
        warnings.addAll(run.manifest().warnings());
        warnings.addAll(CalibrationNotes.of(run));
        notAllTrials();
        warnings.addAll(DeliveryWarnings.of(run));
        if (run.isDuet()) {
            pairs.forEach(this::ofPairs);
            if (duet != null) {
                duet.idle().forEach(this::ofPairs);
                warnings.addAll(duet.warnings());
            }
            if (!run.hasRounds()) {
                return List.copyOf(warnings);
            }
        }
        if (!run.isOverViewers()) {
            fewTrials();
        }
        lostTrials();
        warnings.addAll(WarmUpWarnings.of(run));
        packetsApart();
        apart(
                Metric.PACKETS_PER_SECOND,
                1 + LOAD_APART_MAX,
                "the load was not equal, so costs per packet are not comparable");
        apart(
                Metric.WAKE_UPS_PER_PACKET,
                WAKE_UPS_APART_MAX,
                "CPU per packet depends on how often an idle core is woken; read it with that");
        missingProfiles();
        withoutIntrinsics();
        closeToTheCeiling();
        return List.copyOf(warnings);
    }

    private void notAllTrials() {
        Set<String> begun = new HashSet<>(run.unfinished());
        run.trials().forEach(trial -> begun.add(trial.id().directoryName()));
        run.pairs().forEach(pair -> begun.add(pair.id().directoryName()));
        List<String> never = run.manifest().trialOrder().stream()
                .filter(name -> !begun.contains(name))
                .toList();
        List<String> cutShort = run.unfinished().stream()
                .filter(name -> !RunDirectory.isSetAside(name))
                .toList();
        if (cutShort.size() < run.unfinished().size()) {
            warnings.add("The run was interrupted and resumed: %d of its %s were cut short and begun again."
                    .formatted(run.unfinished().size() - cutShort.size(), run.isDuet() ? "launch pairs" : "trials"));
        }
        if (!never.isEmpty() || !cutShort.isEmpty()) {
            warnings.add("The run is not complete: of %d planned %s, %d never began and %d were cut short."
                    .formatted(
                            run.manifest().trialOrder().size(),
                            !run.isDuet() ? "trials" : run.hasRounds() ? "trials and launch pairs" : "launch pairs",
                            never.size(),
                            cutShort.size()));
        }
    }

    private void ofPairs(LaunchPairs candidate) {
        List<LaunchPairs.Pair> measured = candidate.measured();
        String kind = candidate.kind() == PairKind.IDLE ? "idle " : "";
        String couple = kind + candidate.label(run.manifest().experiment().baseline());
        if (measured.size() < Finding.N_FIRM) {
            warnings.add("Few launch pairs of %s count (%d): the interval is indicative, need >= %d."
                    .formatted(couple, measured.size(), Finding.N_FIRM));
        }
        int lost = candidate.pairs().size() - measured.size();
        if (lost > 0) {
            warnings.add("Launch pairs of %s that were invalid or failed, and yield no number: %d of %d."
                    .formatted(couple, lost, candidate.pairs().size()));
        }
        long notQuiet = measured.stream()
                .flatMap(pair -> pair.windows().stream())
                .filter(window -> !window.counts())
                .count();
        if (notQuiet > 0) {
            warnings.add("%d windows of the launch pairs of %s do not count, because a JIT was still at work."
                    .formatted(notQuiet, couple));
        }
        double uncertain = measured.stream()
                .map(LaunchPairs.Pair::uncertainShare)
                .filter(share -> share != null)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        if (uncertain > UNCERTAIN_SHARE_MAX) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "Clocks and counters of a launch pair of %s were read so far apart that its ratio may be off by %.2f %%.",
                    couple,
                    100 * uncertain));
        }
    }

    private void fewTrials() {
        String few = run.variants().stream()
                .filter(variant -> run.measured(variant).size() < Finding.N_FIRM)
                .map(variant -> variant + " " + run.measured(variant).size())
                .collect(Collectors.joining(", "));
        if (!few.isEmpty()) {
            warnings.add("Few trials count (%s): intervals are indicative, need >= %d trials."
                    .formatted(few, Finding.N_FIRM));
        }
    }

    private void lostTrials() {
        List<String> rates = new ArrayList<>();
        long lost = 0;
        for (String variant : run.variants()) {
            List<TrialRecord> steady = run.trials().stream()
                    .filter(trial -> trial.id().kind() == TrialKind.STEADY)
                    .filter(trial -> trial.id().variant().equals(variant))
                    .toList();
            long invalid = steady.stream()
                    .filter(trial -> !(trial.outcome() instanceof TrialOutcome.Measured))
                    .count();
            lost += invalid;
            rates.add("%s %d of %d".formatted(variant, invalid, steady.size()));
        }
        if (lost > 0) {
            warnings.add("Trials that were invalid or failed, and yield no number: " + String.join(", ", rates)
                    + ". Where the rates differ, the trials that count may be a biased choice.");
        }
    }

    private void packetsApart() {
        double worst = 0;
        String where = "";
        for (TrialRecord trial : run.trials()) {
            double apart = trial.outcome() instanceof TrialOutcome.Measured ? packetsApart(trial) : 0;
            if (Math.abs(apart) > Math.abs(worst)) {
                worst = apart;
                where = trial.id().directoryName();
            }
        }
        if (Math.abs(worst) > PACKETS_APART_MAX) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "Between the two readings of its process the relay sent up to %.1f %% %s packets (%s) than viewers counted in"
                            + " the window: CPU per packet is off by as much.",
                    100 * Math.abs(worst),
                    worst > 0 ? "more" : "fewer",
                    where));
        }
    }

    private static double packetsApart(TrialRecord trial) {
        ProcessReading before = trial.before();
        ProcessReading after = trial.after();
        LoadEvidence load = trial.load();
        if (before == null || after == null || load == null || load.packetsForwarded() == 0) {
            return 0;
        }
        Double first = before.relayCounters().get(RTP_OUT);
        Double last = after.relayCounters().get(RTP_OUT);
        double delivered = load.packetsForwarded() + load.packetsLost();
        return first == null || last == null ? 0 : (last - first) / delivered - 1;
    }

    private void apart(Metric metric, double ratioMax, String consequence) {
        MetricResult result = ComparisonDocument.find(metrics, metric);
        Double baseline = result.variants().getFirst().mean();
        for (VariantResult variant : result.variants()) {
            Double mean = variant.mean();
            if (baseline == null || mean == null || baseline <= 0 || mean <= 0) {
                continue;
            }
            double ratio = Math.max(mean / baseline, baseline / mean);
            if (ratio > ratioMax) {
                warnings.add(String.format(
                        Locale.ROOT,
                        "%s: %.4g with %s, %.4g with %s; %s.",
                        metric.label(),
                        baseline,
                        result.variants().getFirst().variant(),
                        mean,
                        variant.variant(),
                        consequence));
            }
        }
    }

    private void missingProfiles() {
        if (!run.manifest().experiment().profiled()) {
            return;
        }
        String missing = run.variants().stream()
                .filter(variant -> run.trials().stream().noneMatch(trial -> isProfile(trial, variant)))
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            warnings.add("No profile of " + missing + ": the profiled trial is missing or did not succeed.");
        }
    }

    private void withoutIntrinsics() {
        FloorEvidence floor = run.floor();
        if (floor == null || floor.intrinsics() == null) {
            return;
        }
        String without = floor.intrinsics().parts().stream()
                .filter(part -> !part.isInUse())
                .map(part -> String.format(
                        Locale.ROOT,
                        "%s %.0f ns with intrinsics and %.0f without",
                        part.name(),
                        part.cpuNsPerPacketOn(),
                        part.cpuNsPerPacketOff()))
                .collect(Collectors.joining(", "));
        if (!without.isEmpty()) {
            warnings.add("The JVM does not encrypt by the processor's own instructions (" + without
                    + " for a packet): protection weighs more here than it need.");
        }
    }

    private void closeToTheCeiling() {
        CeilingEvidence ceiling = run.ceiling();
        if (ceiling != null && ceiling.isClose()) {
            warnings.add(ceiling.warning());
        }
    }

    private static boolean isProfile(TrialRecord trial, String variant) {
        return trial.id().kind() == TrialKind.PROFILED
                && trial.id().variant().equals(variant)
                && trial.outcome() instanceof TrialOutcome.Measured;
    }
}
