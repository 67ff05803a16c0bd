package phasebench.reports.verdict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phasebench.reports.evidence.Metric;
import phasebench.reports.evidence.Traits;
import phasebench.reports.stats.DetectableEffect;
import phasebench.reports.stats.GroupSequential;
import phasebench.reports.stats.HodgesLehmann;
import phasebench.reports.stats.Holm;
import phasebench.reports.stats.Interval;
import phasebench.reports.stats.Means;
import phasebench.reports.stats.Spending;

/// Judges a family of comparisons by fixed rules, in this order: invalid; equivalent, when the interval
/// lies within the margin; improved or regressed, when it excludes no change; else inconclusive.
///
/// What holds: in the whole family, and over all looks, the chance of a false `improved` or `regressed`
/// is at most 1 - confidence (Holm on repeated p-values). A single `equivalent` is false with a chance of
/// at most (1 - confidence) / 2 (two one-sided tests, Schuirmann 1987); over the family that is not
/// corrected beyond the level that Holm left. An interval holds its own true ratio with at least the
/// confidence; those of a family do so together only for comparisons that were not rejected.
public final class Judge {
    /// Pairs below which nothing but an exact count is decided: two that agree by chance would look
    /// certain.
    public static final int N_MIN = 3;

    /// Chance with which `morePairs` more pairs would decide, if the difference and the spread are as
    /// seen.
    public static final double POWER = 0.8;

    /// Above this a number of pairs is no advice: some hours of launch pairs.
    private static final int MORE_PAIRS_MAX = 1_000;

    private final Rules rules;
    private final GroupSequential design;
    private final int familySize;

    private Judge(Rules rules, int familySize) {
        this.rules = rules;
        this.design = new GroupSequential(rules.looks(), Spending.OBRIEN_FLEMING);
        this.familySize = familySize;
    }

    /// One judgement for each comparison, in the same order.
    public static List<Judgement> judge(List<Comparison> family, Rules rules) {
        Judge judge = new Judge(rules, family.size());
        double[] pValues = family.stream().mapToDouble(judge::pValue).toArray();
        double[] levels = Holm.levels(pValues, 1 - rules.confidence());
        List<Judgement> judgements = new ArrayList<>();
        for (int i = 0; i < levels.length; i++) {
            judgements.add(judge.one(family.get(i), levels[i]));
        }
        return judgements;
    }

    /// 1 where nothing is tested, so that such a comparison takes from the others but gives nothing.
    private double pValue(Comparison comparison) {
        double[] values = comparison.values();
        if (!isFinite(values)) {
            return 1;
        }
        if (isExact(comparison, values)) {
            return values[0] == 0 ? 1 : 0;
        }
        return values.length < N_MIN || isConstant(values) ? 1 : design.pValue(values);
    }

    private Judgement one(Comparison comparison, double level) {
        double[] values = comparison.values();
        if (values.length == 0) {
            String lost = comparison.lost().isEmpty() ? "" : " " + comparison.lost();
            return invalid(comparison, "No pair of %s and %s counts.", lost);
        }
        if (!isFinite(values)) {
            return invalid(comparison, "A ratio of %s and %s is not a number.", "");
        }
        if (isExact(comparison, values)) {
            return exact(comparison, values);
        }
        if (isConstant(values) || values.length < N_MIN) {
            return tooLittle(comparison, values, level);
        }
        return byInterval(comparison, values, level);
    }

    private Judgement byInterval(Comparison comparison, double[] values, double level) {
        Interval logs = design.interval(values, level);
        Verdict verdict = verdict(logs);
        Integer more = verdict == Verdict.INCONCLUSIVE ? morePairs(values, level) : null;
        return new Judgement(
                comparison,
                verdict,
                Math.exp(logs.estimate()),
                ratios(logs),
                values.length,
                familySize,
                more,
                Math.exp(HodgesLehmann.of(values)),
                new Doubts(rules, values, verdict).all(),
                reason(verdict, values, comparison.repetition(), more));
    }

    private Verdict verdict(Interval logs) {
        if (logs.low() >= -rules.logMargin() && logs.high() <= rules.logMargin()) {
            return Verdict.EQUIVALENT;
        }
        if (logs.high() < 0) {
            return Verdict.IMPROVED;
        }
        return logs.low() > 0 ? Verdict.REGRESSED : Verdict.INCONCLUSIVE;
    }

    private String reason(Verdict verdict, double[] values, Repetition repetition, @Nullable Integer more) {
        return switch (verdict) {
            case EQUIVALENT -> "The interval lies within the margin of " + percent(rules.margin()) + ".";
            case IMPROVED -> "The interval lies below 1.";
            case REGRESSED -> "The interval lies above 1.";
            case INCONCLUSIVE ->
                "The interval holds 1 and reaches beyond the margin of %s%s; %s spread by %s each%s."
                        .formatted(
                                percent(rules.margin()),
                                isInterim(values.length) ? ", as it must at an early look" : "",
                                repetition.noun(values.length),
                                percent(Means.standardDeviation(values)),
                                more == null
                                        ? ", and no reasonable number of them would decide: not measurable now"
                                        : "");
            case INVALID -> throw new IllegalArgumentException("no interval makes a comparison invalid");
        };
    }

    private boolean isInterim(int n) {
        return !rules.looks().isEmpty() && n < rules.looks().getLast();
    }

    /// Pairs that would show the difference as seen, or that there is none that matters, whichever comes
    /// first; at least up to the next planned look.
    private @Nullable Integer morePairs(double[] values, double level) {
        double spread = Means.standardDeviation(values);
        double mean = Means.arithmetic(values);
        int forDifference = mean == 0
                ? DetectableEffect.PAIRS_MAX
                : DetectableEffect.pairsFor(spread, Math.expm1(Math.abs(mean)), level, POWER);
        int forEquivalence =
                DetectableEffect.pairsForEquivalence(spread, Math.expm1(mean), rules.margin(), level, POWER);
        int needed = Math.max(Math.min(forDifference, forEquivalence), nextLook(values.length));
        return needed > MORE_PAIRS_MAX ? null : needed - values.length;
    }

    private int nextLook(int n) {
        return rules.looks().stream().filter(look -> look > n).findFirst().orElse(n + 1);
    }

    /// Metrics that count things: what is the same in every pair is known, not estimated.
    private Judgement exact(Comparison comparison, double[] values) {
        double log = values[0];
        Verdict verdict = verdict(new Interval(log, log, log, rules.confidence()));
        double ratio = Math.exp(log);
        return new Judgement(
                comparison,
                verdict,
                ratio,
                new Interval(ratio, ratio, ratio, rules.confidence()),
                values.length,
                familySize,
                null,
                ratio,
                List.of(),
                "An exact count: the same ratio in every pair.");
    }

    /// A number, but nothing that says how sure it is.
    private Judgement tooLittle(Comparison comparison, double[] values, double level) {
        boolean isFrozen = values.length >= N_MIN;
        Interval logs = values.length < 2 || isConstant(values) ? null : design.interval(values, level);
        Interval ratios = logs == null ? null : ratios(logs);
        int wanted = rules.looks().isEmpty() ? N_MIN : rules.looks().getFirst();
        return new Judgement(
                comparison,
                Verdict.INCONCLUSIVE,
                Math.exp(Means.arithmetic(values)),
                ratios,
                values.length,
                familySize,
                isFrozen ? null : Math.max(1, wanted - values.length),
                Math.exp(HodgesLehmann.of(values)),
                List.of(),
                isFrozen
                        ? "Every pair gave the same ratio to the last digit, which no measurement of this metric does:"
                                + " look at what was measured."
                        : "Too few pairs (%d) to tell, need >= %d.".formatted(values.length, N_MIN));
    }

    private Judgement invalid(Comparison comparison, String reason, String lost) {
        return new Judgement(
                comparison,
                Verdict.INVALID,
                null,
                null,
                comparison.logRatios().size(),
                familySize,
                null,
                null,
                List.of(),
                reason.formatted(comparison.baseline(), comparison.candidate()) + lost);
    }

    /// Null for an interval that is too long for a number.
    private static @Nullable Interval ratios(Interval logs) {
        double low = Math.exp(logs.low());
        double high = Math.exp(logs.high());
        return Double.isFinite(high) ? new Interval(Math.exp(logs.estimate()), low, high, logs.confidence()) : null;
    }

    private static boolean isExact(Comparison comparison, double[] values) {
        Optional<Metric> metric = Metric.byId(comparison.metric());
        return values.length >= 2
                && isConstant(values)
                && metric.isPresent()
                && metric.get().traits().comparison() == Traits.Comparison.DIFFERENCE;
    }

    private static boolean isConstant(double[] values) {
        return Arrays.stream(values).allMatch(value -> value == values[0]);
    }

    private static boolean isFinite(double[] values) {
        return Arrays.stream(values).allMatch(Double::isFinite);
    }

    static String percent(double fraction) {
        double percent = 100 * fraction;
        return String.format(Locale.ROOT, percent < 0.995 ? "%.2f\u00a0%%" : "%.1f\u00a0%%", percent);
    }
}
