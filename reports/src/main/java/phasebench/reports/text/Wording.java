package phasebench.reports.text;

import java.util.Locale;
import phasebench.reports.comparison.ComparisonDocument.MetricResult;
import phasebench.reports.comparison.ComparisonDocument.VariantResult;
import phasebench.reports.comparison.LaunchPairs;
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

    /// A sentence about the launch pairs of one couple, without a full stop: ratio, interval, confidence, n.
    public static String sentence(LaunchPairs pairs) {
        String baseline = pairs.baseline();
        String what = switch (pairs.kind()) {
            case MEDIA -> "CPU per forwarded packet";
            case IDLE -> "CPU per viewer-second without media";
        };
        Double ratio = pairs.ratio();
        Change change = pairs.change();
        if (ratio == null || change == null) {
            return "%s: no launch pair of %s and %s counts".formatted(what, pairs.variant(), baseline);
        }
        String figure = "%s is %s of that of %s".formatted(what, ratio(ratio), baseline);
        Interval interval = pairs.ratioInterval();
        if (interval == null) {
            return figure + " (n = %d launch pairs, no interval: need >= 2)".formatted(change.n());
        }
        return "%s, %s (%.0f %% interval %s, n = %d launch pairs%s)"
                .formatted(
                        figure,
                        finding(pairs),
                        100 * interval.confidence(),
                        interval(interval),
                        change.n(),
                        pairs.isIndicative() ? ", indicative: need >= " + Finding.N_FIRM : "");
    }

    /// The finding of launch pairs in words.
    public static String finding(LaunchPairs pairs) {
        return switch (pairs.finding()) {
            case "lower" -> "clearly lower";
            case "higher" -> "clearly higher";
            case "~" -> "no supported difference";
            default -> pairs.finding();
        };
    }

    /// A ratio with four digits, so that 0.5 % shows.
    public static String ratio(double ratio) {
        return String.format(Locale.ROOT, ratio < 0.1 ? "%.4f" : "%.3f", ratio);
    }

    /// Lowest and highest ratio among the windows of a pair that count: `0.298 to 0.305, 4 of 4`.
    public static String spread(LaunchPairs.Pair pair) {
        double[] ratios = pair.windows().stream()
                .filter(LaunchPairs.Window::counts)
                .mapToDouble(LaunchPairs.Window::ratio)
                .sorted()
                .toArray();
        if (ratios.length == 0) {
            return "none of " + pair.windows().size();
        }
        return "%s to %s, %d of %d"
                .formatted(
                        ratio(ratios[0]),
                        ratio(ratios[ratios.length - 1]),
                        ratios.length,
                        pair.windows().size());
    }

    /// `0.298 to 0.305`.
    public static String interval(Interval ratios) {
        return ratio(ratios.low()) + " to " + ratio(ratios.high());
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
