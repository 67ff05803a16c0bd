package phasebench.reports.comparison;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import phasebench.reports.comparison.ComparisonDocument.MetricResult;
import phasebench.reports.comparison.ComparisonDocument.Sample;
import phasebench.reports.comparison.ComparisonDocument.VariantResult;
import phasebench.reports.evidence.PairFigures;
import phasebench.reports.evidence.PairWindow;
import phasebench.reports.evidence.Unit;
import phasebench.reports.rundir.PairRecord;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.reports.stats.Change;
import phasebench.reports.stats.Finding;
import phasebench.reports.stats.Interval;
import phasebench.scenarios.DuetSpec;

/// What the launch pairs of one candidate say: CPU per forwarded packet, candidate / baseline, one ratio per pair.
///
/// @param change mean of the log ratios, less one, with its t interval over launch pairs; null if none counts
/// @param finding `lower`, `higher`, `~` or `need >= N launch pairs`
/// @param isIndicative whether the pairs are too few for more than a hint
/// @param pairs every launch pair that was begun, whatever became of it
public record LaunchPairs(
        String variant, @Nullable Change change, String finding, boolean isIndicative, List<Pair> pairs) {
    public LaunchPairs {
        pairs = List.copyOf(pairs);
    }

    /// One launch pair. Figures are null unless it was measured.
    ///
    /// @param order `baseline_first` or `candidate_first`
    /// @param ratio over the windows that count
    /// @param uncertainShare how far the ratio may be off because clocks and counters are read one after the other
    /// @param windows in order, those that do not count included; empty unless the pair was measured
    public record Pair(
            String pair,
            int number,
            String status,
            List<String> reasons,
            String order,
            @Nullable Double ratio,
            @Nullable Double baselineNsPerPacket,
            @Nullable Double candidateNsPerPacket,
            @Nullable Double uncertainShare,
            List<Window> windows) {
        public Pair {
            reasons = List.copyOf(reasons);
            windows = List.copyOf(windows);
        }
    }

    /// One window of a pair.
    ///
    /// @param counts whether both compilers were quiet
    public record Window(boolean counts, double ratio, PairWindow figures) {}

    /// All candidates of a run; none in an experiment without launch pairs.
    static List<LaunchPairs> of(RunEvidence run) {
        DuetSpec duet = run.manifest().experiment().duet();
        if (duet == null) {
            return List.of();
        }
        return run.variants().stream()
                .skip(1)
                .map(variant -> of(run, variant, duet.jitShareMax()))
                .toList();
    }

    private static LaunchPairs of(RunEvidence run, String variant, double jitShareMax) {
        List<Pair> pairs = run.pairs().stream()
                .filter(pair -> pair.id().candidate().equals(variant))
                .map(pair -> pair(pair, jitShareMax))
                .toList();
        List<Pair> measured = pairs.stream().filter(pair -> pair.ratio != null).toList();
        Change change = measured.isEmpty()
                ? null
                : Change.relative(
                        values(measured, Pair::baselineNsPerPacket),
                        values(measured, Pair::candidateNsPerPacket),
                        run.manifest().experiment().seed());
        Finding finding = Finding.of(change);
        return new LaunchPairs(variant, change, word(finding), finding.isIndicative(), pairs);
    }

    private static Pair pair(PairRecord pair, double jitShareMax) {
        boolean isMeasured = pair.outcome() instanceof TrialOutcome.Measured;
        PairFigures figures = PairFigures.of(pair, jitShareMax);
        return new Pair(
                pair.id().directoryName(),
                pair.id().number(),
                Outcomes.status(pair.outcome()),
                Outcomes.reasons(pair.outcome()),
                pair.order().name().toLowerCase(Locale.ROOT),
                isMeasured ? figures.ratio() : null,
                isMeasured ? figures.baselineNsPerPacket() : null,
                isMeasured ? figures.candidateNsPerPacket() : null,
                isMeasured ? figures.uncertainShare() : null,
                isMeasured
                        ? figures.windows().stream()
                                .map(window -> new Window(window.isQuiet(jitShareMax), window.ratio(), window))
                                .toList()
                        : List.of());
    }

    private static double[] values(List<Pair> measured, Function<Pair, @Nullable Double> figure) {
        return measured.stream()
                .mapToDouble(pair -> Objects.requireNonNull(figure.apply(pair)))
                .toArray();
    }

    private static String word(Finding finding) {
        return switch (finding) {
            case Finding.ClearlyLower _ -> "lower";
            case Finding.ClearlyHigher _ -> "higher";
            case Finding.NoSupportedDifference _ -> "~";
            case Finding.NotEnoughData(int _, int nNeeded) -> "need >= " + nNeeded + " launch pairs";
        };
    }

    /// Launch pairs that yield a number.
    public List<Pair> measured() {
        return pairs.stream().filter(pair -> pair.ratio != null).toList();
    }

    /// The ratio over all pairs; null if none counts.
    public @Nullable Double ratio() {
        return change == null ? null : 1 + change.estimate();
    }

    /// The interval of [#ratio]; null with fewer than two pairs.
    public @Nullable Interval ratioInterval() {
        Interval interval = change == null ? null : change.interval();
        return interval == null
                ? null
                : new Interval(1 + interval.estimate(), 1 + interval.low(), 1 + interval.high(), interval.confidence());
    }

    /// The ratios of all candidates, in the form in which samples are drawn.
    public static MetricResult ratios(List<LaunchPairs> candidates) {
        return new MetricResult(
                "pair.ratio",
                Unit.COUNT.symbol(),
                candidates.stream().map(LaunchPairs::asSamples).toList());
    }

    private VariantResult asSamples() {
        List<Sample> samples = measured().stream()
                .map(pair -> new Sample(pair.pair, pair.number, pair.ratio, null))
                .toList();
        return new VariantResult(variant, ratio(), ratioInterval(), change, finding, isIndicative, samples);
    }
}
