package phasebench.reports.text;

import phasebench.reports.comparison.ComparisonDocument.MetricResult;
import phasebench.reports.comparison.ComparisonDocument.VariantResult;
import phasebench.reports.evidence.Metric;
import phasebench.reports.evidence.Traits;
import phasebench.reports.stats.Change;
import phasebench.reports.stats.Finding;
import phasebench.reports.stats.Interval;

/// Says in words what a comparison found; every page uses the same ones.
public final class Wording {
    private Wording() {}

    /// What stands in a table under a variant: `−12.3 %`, `+2`, `need >= 2 trials`; empty for an exact count that is
    /// the same.
    public static String change(MetricResult metric, VariantResult variant) {
        Change change = variant.change();
        if (change == null) {
            return variant.finding() == null ? "" : variant.finding();
        }
        boolean isTheSame = change.scale() == Change.Scale.EXACT && change.estimate() == 0;
        return isTheSame ? "" : size(metric, change);
    }

    /// `−14.1 % to −10.4 %`; empty without an interval.
    public static String interval(MetricResult metric, VariantResult variant) {
        Change change = variant.change();
        return change == null || change.interval() == null ? "" : interval(metric, change, change.interval());
    }

    /// The bootstrap companion of [#interval]; empty without one.
    public static String bootstrap(MetricResult metric, VariantResult variant) {
        Change change = variant.change();
        return change == null || change.bootstrap() == null ? "" : interval(metric, change, change.bootstrap());
    }

    /// The finding in words: `clearly lower`, `no supported difference`, and so on.
    public static String finding(VariantResult variant) {
        String word = variant.finding();
        Change change = variant.change();
        if (word == null) {
            return "";
        }
        boolean isExact = change != null && change.scale() == Change.Scale.EXACT;
        return switch (word) {
            case "lower" -> isExact ? "lower" : "clearly lower";
            case "higher" -> isExact ? "higher" : "clearly higher";
            case "~" -> isExact ? "the same" : "no supported difference";
            default -> word;
        };
    }

    /// Whether the finding is for the better: `better`, `worse`, or empty where there is no finding or no better way.
    public static String value(Metric metric, VariantResult variant) {
        String word = variant.finding() == null ? "" : variant.finding();
        Traits.Direction better = metric.traits().better();
        if (better == Traits.Direction.NEITHER || !(word.equals("lower") || word.equals("higher"))) {
            return "";
        }
        return word.equals("lower") == (better == Traits.Direction.LOWER) ? "better" : "worse";
    }

    /// A sentence about one metric of one variant, without a full stop: effect, interval, confidence, n.
    public static String sentence(Metric metric, MetricResult result, VariantResult variant, String baseline) {
        Change change = variant.change();
        if (change == null) {
            return "%s: no comparison with %s, because no round was measured in both (need >= 2 trials of each)"
                    .formatted(metric.label(), baseline);
        }
        String effect = effect(metric, result, variant, change);
        Interval interval = change.interval();
        if (change.scale() == Change.Scale.EXACT) {
            return "%s (exact, n = %d)".formatted(effect, change.n());
        }
        if (interval == null) {
            return "%s (n = %d, no interval: need >= 2 trials)".formatted(effect, change.n());
        }
        return "%s (%.0f %% interval %s, n = %d%s)"
                .formatted(
                        effect,
                        100 * interval.confidence(),
                        interval(result, change, interval),
                        change.n(),
                        variant.isIndicative() ? ", indicative: need >= " + Finding.N_FIRM + " trials" : "");
    }

    private static String effect(Metric metric, MetricResult result, VariantResult variant, Change change) {
        String size = unsigned(size(result, change));
        String word = variant.finding() == null ? "" : variant.finding();
        return switch (word) {
            case "lower", "higher" -> "%s is %s %s".formatted(metric.label(), size, word);
            case "~" ->
                change.scale() == Change.Scale.EXACT
                        ? metric.label() + " is the same"
                        : "%s shows no supported difference (%s)".formatted(metric.label(), size(result, change));
            default -> "%s changed by %s".formatted(metric.label(), size(result, change));
        };
    }

    private static String unsigned(String size) {
        return size.startsWith("+") || size.startsWith("−") ? size.substring(1) : size;
    }

    private static String size(MetricResult metric, Change change) {
        return change.scale() == Change.Scale.RELATIVE
                ? Figures.percent(change.estimate())
                : absolute(metric).signed(change.estimate());
    }

    private static String interval(MetricResult metric, Change change, Interval interval) {
        return change.scale() == Change.Scale.RELATIVE
                ? Figures.percent(interval.low()) + " to " + Figures.percent(interval.high())
                : absolute(metric).signed(interval.low()) + " to "
                        + absolute(metric).signed(interval.high());
    }

    private static Figures absolute(MetricResult metric) {
        return figures(metric).asDifference();
    }

    /// The unit in which a metric's whole row is shown.
    public static Figures figures(MetricResult result) {
        double largest = result.variants().stream()
                .flatMap(variant -> variant.samples().stream())
                .mapToDouble(sample -> sample.value() == null ? 0 : Math.abs(sample.value()))
                .max()
                .orElse(0);
        return Figures.of(Metric.byId(result.metric()).orElseThrow().unit(), largest);
    }
}
