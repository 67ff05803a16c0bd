package phasebench.reports.text;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import phasebench.reports.comparison.ComparisonDocument;
import phasebench.reports.comparison.RunEvidence;
import phasebench.reports.evidence.Metric;
import phasebench.reports.stats.DetectableEffect;
import phasebench.reports.stats.Interval;
import phasebench.reports.stats.Means;
import phasebench.reports.verdict.Judgement;
import phasebench.reports.verdict.Judgements;
import phasebench.reports.verdict.Repetition;
import phasebench.reports.verdict.Rules;
import phasebench.reports.verdict.Verdict;

/// Says in words what was judged; every page uses the same ones.
public final class VerdictWording {
    private static final double FOUND = 0.9;

    private VerdictWording() {}

    /// The metric's name on pages; its id where the catalogue has none.
    public static String metric(Judgement judgement) {
        String id = judgement.comparison().metric();
        return Metric.byId(id).map(Metric::label).orElse(id);
    }

    /// `0.9412`, or empty.
    public static String ratio(Judgement judgement) {
        Double ratio = judgement.ratio();
        return ratio == null ? "" : fine(ratio);
    }

    /// `0.9371 to 0.9453 (98.3 %)`; `exact` for a count; empty without one.
    public static String interval(Judgement judgement) {
        Interval interval = judgement.interval();
        if (interval == null) {
            return "";
        }
        return interval.low() == interval.high()
                ? "exact"
                : "%s to %s (%s)"
                        .formatted(fine(interval.low()), fine(interval.high()), confidence(interval.confidence()));
    }

    /// `8 launch pairs`: how many ratios count.
    public static String n(Judgement judgement) {
        return judgement.n() + " " + judgement.comparison().repetition().noun(judgement.n());
    }

    /// How much more would do where the verdict is inconclusive; else empty.
    public static String more(Judgement judgement) {
        if (judgement.isBeyondMeasuring()) {
            return "not measurable now";
        }
        Integer more = judgement.morePairs();
        return judgement.verdict() == Verdict.INCONCLUSIVE && more != null
                ? "about %,d more %s"
                        .formatted(more, judgement.comparison().repetition().noun(more))
                : "";
    }

    /// Why, and where that is left open what so many pairs with such a spread can see at all.
    public static String reason(Judgement judgement, Judgements judgements) {
        Interval interval = judgement.interval();
        List<Integer> looks = judgements.rules().looks();
        boolean isEarly = !looks.isEmpty() && judgement.n() < looks.getLast();
        if (judgement.verdict() != Verdict.INCONCLUSIVE || interval == null || isEarly) {
            return judgement.reason();
        }
        double spread = Means.standardDeviation(judgement.comparison().logRatios().stream()
                .mapToDouble(Double::doubleValue)
                .toArray());
        double seen = DetectableEffect.relative(spread, judgement.n(), 1 - interval.confidence(), FOUND);
        return judgement.reason()
                + " So few find a difference of %s in nine runs of ten."
                        .formatted(Figures.percent(seen).replace("+", ""));
    }

    /// ` Verdict: inconclusive.`, where a finding by itself would say more than the verdict does; else
    /// empty.
    public static String caveat(ComparisonDocument comparison, String variant, Metric metric) {
        return caveat(comparison, comparison.baseline(), variant, metric);
    }

    /// The same against another variant than the run's baseline.
    public static String caveat(ComparisonDocument comparison, String baseline, String variant, Metric metric) {
        return verdict(comparison, baseline, variant, metric)
                .filter(verdict -> !isDifference(verdict))
                .map(verdict -> " Verdict: " + verdict.word() + ".")
                .orElse("");
    }

    /// Whether a finding about a metric may be called better or worse: unless its verdict denies that.
    public static boolean isCertain(ComparisonDocument comparison, String variant, Metric metric) {
        return isCertain(comparison, comparison.baseline(), variant, metric);
    }

    /// The same against another variant than the run's baseline.
    public static boolean isCertain(ComparisonDocument comparison, String baseline, String variant, Metric metric) {
        return verdict(comparison, baseline, variant, metric)
                .map(VerdictWording::isDifference)
                .orElse(true);
    }

    private static Optional<Verdict> verdict(
            ComparisonDocument comparison, String baseline, String variant, Metric metric) {
        return Optional.ofNullable(comparison.judgements())
                .flatMap(judgements -> judgements.find(baseline, variant, metric.id()))
                .map(Judgement::verdict);
    }

    private static boolean isDifference(Verdict verdict) {
        return verdict == Verdict.IMPROVED || verdict == Verdict.REGRESSED;
    }

    /// By what rules the family was judged.
    public static String rules(Judgements judgements, RunEvidence run) {
        Rules rules = judgements.rules();
        return "%d comparisons judged together with %s confidence; margin %s; %s"
                .formatted(
                        judgements.familySize(),
                        confidence(rules.confidence()),
                        Figures.percent(rules.margin()).replace("+", ""),
                        rules.looks().isEmpty()
                                ? "one look"
                                : "looks planned at n = "
                                        + String.join(
                                                ", ",
                                                rules.looks().stream()
                                                        .map(String::valueOf)
                                                        .toList())
                                        + " " + (run.isDuet() ? Repetition.LAUNCH_PAIR : Repetition.ROUND).noun(2));
    }

    /// As many digits as a difference of 0.5 % needs, also where little is left.
    private static String fine(double ratio) {
        return ratio >= 0.1 && ratio < 10
                ? String.format(Locale.ROOT, "%.4f", ratio)
                : String.format(Locale.ROOT, "%.4g", ratio);
    }

    private static String confidence(double share) {
        String digits = String.format(Locale.ROOT, "%.2f", 100 * share);
        return digits.replaceAll("\\.?0+$", "") + "\u00a0%";
    }
}
