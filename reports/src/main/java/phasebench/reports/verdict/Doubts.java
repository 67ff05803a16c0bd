package phasebench.reports.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import phasebench.reports.stats.Finding;
import phasebench.reports.stats.HodgesLehmann;
import phasebench.reports.stats.Means;
import phasebench.reports.stats.SeriesChecks;
import phasebench.reports.stats.SeriesChecks.Suspicion;
import phasebench.reports.stats.Wilcoxon;

/// What speaks against trusting a verdict, each with advice. None of it changes the verdict.
final class Doubts {
    private static final double WILCOXON_LEVEL = 0.05;

    private final Rules rules;
    private final double[] values;
    private final Verdict verdict;

    Doubts(Rules rules, double[] values, Verdict verdict) {
        this.rules = rules;
        this.values = values;
        this.verdict = verdict;
    }

    List<String> all() {
        List<String> doubts = new ArrayList<>();
        boolean isDecided = verdict == Verdict.IMPROVED || verdict == Verdict.REGRESSED;
        if (values.length < Finding.N_FIRM && verdict != Verdict.INCONCLUSIVE) {
            doubts.add(
                    "Few pairs (%d): the verdict leans on the assumption that ratios spread like a normal distribution;"
                                    .formatted(values.length)
                            + " take at least " + Finding.N_FIRM + ".");
        }
        double mean = Means.arithmetic(values);
        double robust = HodgesLehmann.of(values);
        if (mean * robust < 0 && (isDecided || Wilcoxon.of(values).pValue() <= WILCOXON_LEVEL)) {
            doubts.add(
                    "The robust estimate (Hodges-Lehmann) points the other way (ratio %s): few pairs carry the mean; look at each pair."
                            .formatted(String.format(Locale.ROOT, "%.4f", Math.exp(robust))));
        }
        if (!rules.looks().isEmpty() && values.length > rules.looks().getLast()) {
            doubts.add("More pairs (%d) than the plan's last look (%d): they count as that look; plan before you look."
                    .formatted(values.length, rules.looks().getLast()));
        }
        SeriesChecks.of(values).forEach(suspicion -> doubts.add(text(suspicion)));
        return doubts;
    }

    private static String text(Suspicion suspicion) {
        return switch (suspicion) {
            case Suspicion.Autocorrelated(double lag1) ->
                String.format(
                        Locale.ROOT,
                        "Neighbouring pairs resemble each other (autocorrelation %.2f): the interval is too short; look for"
                                + " what changes slowly on this machine, and repeat when it is quiet.",
                        lag1);
            case Suspicion.Drifting(double change) ->
                String.format(
                        Locale.ROOT,
                        "The ratio drifts from the first pair to the last (%+.2f %%): its mean depends on how long one"
                                + " measures; look for what fills up or heats up, and repeat with fresh conditions.",
                        100 * Math.expm1(change));
            case Suspicion.Lopsided(double skewness) ->
                String.format(
                        Locale.ROOT,
                        "Ratios reach further to one side than to the other (skewness %.1f): with few pairs the interval is"
                                + " too short on that side; take more pairs, or see what disturbs only one of the two.",
                        skewness);
            case Suspicion.Outlying(List<Integer> indexes) ->
                "Pairs far off the others (%s): they count all the same, because leaving them out would be a choice made after the result; see what happened in them."
                        .formatted(indexes.stream()
                                .map(index -> "no. " + (index + 1))
                                .collect(Collectors.joining(", ")));
        };
    }
}
