package phasebench.reports.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phasebench.reports.comparison.LadderResult.Measured;
import phasebench.reports.stats.Change;
import phasebench.reports.stats.Interval;
import phasebench.reports.stats.LogRatio;
import phasebench.scenarios.Couple;
import phasebench.scenarios.OptimizationPhase;
import phasebench.scenarios.PhaseLadder;

/// How CPU per packet changes between two variants, by launch pairs: at the scenario's rate where a couple was
/// measured with media and without, by work per packet alone where only with media. Two that never stood side by side
/// are as far apart as the phases between them together.
final class CpuByPairs {
    private final PhaseLadder ladder;
    private final Map<Couple, Step> steps;

    /// @param estimate logarithm of the ratio
    /// @param logRatio the same with its error; null with a single pair
    /// @param n launch pairs with media
    private record Step(double estimate, @Nullable LogRatio logRatio, int n, String how) {}

    private CpuByPairs(PhaseLadder ladder, Map<Couple, Step> steps) {
        this.ladder = ladder;
        this.steps = steps;
    }

    /// @param duet null in a run without launch pairs
    static CpuByPairs of(PhaseLadder ladder, List<LaunchPairs> media, @Nullable DuetResult duet) {
        Map<Couple, Step> steps = new LinkedHashMap<>();
        for (LaunchPairs couple : media) {
            if (!couple.measured().isEmpty()) {
                steps.put(new Couple(couple.baseline(), couple.variant()), perPacket(couple));
            }
        }
        if (duet != null) {
            duet.composed().stream()
                    .filter(one -> one.cpu().logRatio() != null)
                    .forEach(one -> steps.put(new Couple(one.baseline(), one.candidate()), atTheRate(one)));
        }
        return new CpuByPairs(ladder, steps);
    }

    private static Step perPacket(LaunchPairs couple) {
        double[] logs = couple.logRatios(_ -> true);
        LogRatio logRatio = logs.length < 2 ? null : LogRatio.ofMean(logs);
        return new Step(
                logRatio == null ? logs[0] : logRatio.estimate(),
                logRatio,
                logs.length,
                "work per packet, launch pairs");
    }

    private static Step atTheRate(DuetResult.Composed composed) {
        LogRatio logRatio = Objects.requireNonNull(composed.cpu().logRatio());
        return new Step(
                logRatio.estimate(),
                logRatio,
                composed.cpu().mediaPairs(),
                "at the scenario's rate, of launch pairs with media and %d without"
                        .formatted(composed.cpu().idlePairs()));
    }

    /// Empty where launch pairs do not lead from one to the other.
    Optional<Measured> between(String base, String variant) {
        Step direct = steps.get(new Couple(base, variant));
        return direct != null
                ? Optional.of(measured(direct))
                : along(base, variant).map(CpuByPairs::measured);
    }

    /// The phases above `base` up to `variant`, multiplied.
    private Optional<Step> along(String base, String variant) {
        List<OptimizationPhase> chain = ladder.chain(variant);
        List<Step> path = new ArrayList<>();
        for (OptimizationPhase phase : chain.reversed()) {
            Step step = steps.get(new Couple(phase.parent(), phase.id()));
            if (step == null) {
                return Optional.empty();
            }
            path.add(step);
            if (phase.parent().equals(base)) {
                return path.stream().reduce(CpuByPairs::together).map(whole -> named(whole, path.size()));
            }
        }
        return Optional.empty();
    }

    private static Step together(Step one, Step next) {
        LogRatio first = one.logRatio;
        LogRatio second = next.logRatio;
        return new Step(
                one.estimate + next.estimate,
                first == null || second == null ? null : first.plus(second),
                Math.min(one.n, next.n),
                one.how);
    }

    private static Step named(Step whole, int stepCount) {
        return new Step(
                whole.estimate, whole.logRatio, whole.n, "product of the %d phases between".formatted(stepCount));
    }

    private static Measured measured(Step step) {
        Interval interval = step.logRatio == null ? null : step.logRatio.ratio(Change.CONFIDENCE);
        return new Measured(
                "relative",
                Math.expm1(step.estimate),
                interval == null ? null : interval.low() - 1,
                interval == null ? null : interval.high() - 1,
                step.n,
                step.how);
    }
}
