package phasebench.harness;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import phasebench.harness.plan.ExperimentPlan;
import phasebench.reports.evidence.Metric;
import phasebench.reports.noise.NoiseKind;
import phasebench.reports.rundir.NoiseEvidence;
import phasebench.reports.stats.DetectableEffect;
import phasebench.reports.verdict.Judge;
import phasebench.reports.verdict.Rules;

/// The smallest change of CPU per packet that a plan can see, said before it is run.
final class SensitivityText {
    /// A change of that size is found in nine of ten experiments.
    static final double POWER = 0.9;

    /// A spread from fewer may be off by half.
    private static final int FIRM_PAIRS = 10;

    private SensitivityText() {}

    /// One sentence.
    ///
    /// @param known of launch pairs or rounds, whichever the plan has; empty on a machine that was not calibrated
    static String of(ExperimentPlan plan, Optional<NoiseEvidence> known) {
        String unit = NoiseKind.of(plan.spec()).unit();
        int pairs = pairs(plan);
        if (pairs < Judge.N_MIN) {
            return "this plan can see no change: a verdict takes at least %d %ss".formatted(Judge.N_MIN, unit);
        }
        Optional<NoiseEvidence.OfMetric> noise = known.flatMap(evidence -> evidence.of(Metric.CPU_NS_PER_PACKET.id()));
        if (known.isEmpty() || noise.isEmpty() || !(noise.get().spreadPerPair() > 0)) {
            return "this plan can see changes of unknown size: not calibrated; phasebench calibrate tells";
        }
        double spread = noise.get().spreadPerPair();
        // the first comparison that Holm's procedure rejects stands against the whole family
        double level = (1 - Rules.CONFIDENCE) / comparisons(plan);
        return "this plan can see changes of %s or more, in 9 of 10 experiments (%d %ss, which spread by %s each: %s)"
                .formatted(
                        percent(DetectableEffect.relative(spread, pairs, level, POWER)),
                        pairs,
                        unit,
                        percent(spread),
                        source(known.get(), noise.get(), unit));
    }

    private static String source(NoiseEvidence known, NoiseEvidence.OfMetric noise, String unit) {
        return "A/A control of %s, %d %ss of %s%s"
                .formatted(
                        known.day(),
                        noise.pairs(),
                        unit,
                        known.design(),
                        noise.pairs() < FIRM_PAIRS ? ", so few that it may be off by half" : "");
    }

    /// Launch pairs or rounds of the comparison that has the fewest.
    private static int pairs(ExperimentPlan plan) {
        return plan.pairs().isEmpty()
                ? plan.spec().rounds()
                : Math.toIntExact(byCouple(plan).values().stream()
                        .mapToLong(Long::longValue)
                        .min()
                        .orElse(0));
    }

    private static int comparisons(ExperimentPlan plan) {
        return Math.max(
                1,
                plan.pairs().isEmpty()
                        ? plan.spec().variants().size() - 1
                        : byCouple(plan).size());
    }

    private static Map<List<String>, Long> byCouple(ExperimentPlan plan) {
        return plan.pairs().stream()
                .collect(Collectors.groupingBy(
                        pair -> List.of(pair.id().baseline(), pair.id().candidate()), Collectors.counting()));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, share < 0.0995 ? "%.2f %%" : "%.1f %%", 100 * share);
    }
}
