package phasebench.reports.comparison;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import phasebench.reports.comparison.ComparisonDocument.MetricResult;
import phasebench.reports.comparison.ComparisonDocument.Sample;
import phasebench.reports.comparison.ComparisonDocument.VariantResult;
import phasebench.reports.evidence.PairFigures;
import phasebench.reports.evidence.PairPrice;
import phasebench.reports.evidence.PairWindow;
import phasebench.reports.evidence.SoloFigures;
import phasebench.reports.evidence.Unit;
import phasebench.reports.rundir.PairKind;
import phasebench.reports.rundir.PairLayout;
import phasebench.reports.rundir.PairRecord;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.reports.stats.Change;
import phasebench.reports.stats.Finding;
import phasebench.reports.stats.Interval;
import phasebench.scenarios.Couple;
import phasebench.scenarios.DuetSpec;

/// What the launch pairs of one couple say: CPU per forwarded packet, or per viewer-second without media, candidate /
/// baseline, one ratio per pair.
///
/// @param baseline the variant that is compared with: that of the run, or a phase's parent
/// @param variant the candidate
/// @param kind what the pairs price
/// @param change mean of the log ratios, less one, with its t interval over launch pairs; null if none counts
/// @param finding `lower`, `higher`, `~` or `need >= N launch pairs`
/// @param isIndicative whether the pairs are too few for more than a hint
/// @param pairs every launch pair that was begun, whatever became of it
public record LaunchPairs(
        String baseline,
        String variant,
        PairKind kind,
        @Nullable Change change,
        String finding,
        boolean isIndicative,
        List<Pair> pairs) {
    public LaunchPairs {
        pairs = List.copyOf(pairs);
    }

    /// One launch pair. Figures are null unless it was measured.
    ///
    /// @param order `baseline_first` or `candidate_first`
    /// @param ratio over the windows that count
    /// @param baselineNsPerPacket CPU of the baseline per packet, or per viewer-second without media
    /// @param candidateNsPerPacket the same of the candidate
    /// @param uncertainShare how far the ratio may be off because clocks and counters are read one after the other
    /// @param windows in order, those that do not count included; empty unless the pair was measured
    /// @param controls what else is known of it
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
            List<Window> windows,
            Controls controls) {
        public Pair {
            reasons = List.copyOf(reasons);
            windows = List.copyOf(windows);
        }
    }

    /// What tells whether the way of measuring shows in a pair's ratio.
    ///
    /// @param isBaselineInA whether the baseline had the first of the two folders
    /// @param areCoresSwapped whether the relays ran on the load's core
    /// @param ownRatio without the CPU of compilers and collectors; null unless the pair was measured
    /// @param soloRatio of the same two relays, each alone in turn; null without such windows
    /// @param soloCoreBusyShare share (0-1) of those windows in which the relays' core was not idle
    /// @param stageSeconds what each stage of the pair took
    public record Controls(
            boolean isBaselineInA,
            boolean areCoresSwapped,
            @Nullable Double ownRatio,
            @Nullable Double soloRatio,
            @Nullable Double soloCoreBusyShare,
            Map<String, Double> stageSeconds) {}

    /// One window of a pair.
    ///
    /// @param counts whether both compilers were quiet
    public record Window(boolean counts, double ratio, PairWindow figures) {}

    /// All couples of a run; none in an experiment without launch pairs of that kind.
    static List<LaunchPairs> of(RunEvidence run, PairKind kind) {
        DuetSpec duet = run.manifest().experiment().duet();
        if (duet == null || (kind == PairKind.IDLE && duet.idle().pairs() == 0)) {
            return List.of();
        }
        return Couple.of(run.manifest().experiment(), run.ladder()).stream()
                .map(couple -> of(run, couple, kind))
                .toList();
    }

    private static LaunchPairs of(RunEvidence run, Couple couple, PairKind kind) {
        List<Pair> pairs = run.pairs().stream()
                .filter(pair -> pair.id().kind() == kind)
                .filter(pair -> pair.id().baseline().equals(couple.baseline()))
                .filter(pair -> pair.id().candidate().equals(couple.candidate()))
                .map(pair -> pair(run, pair))
                .toList();
        List<Pair> measured = pairs.stream().filter(pair -> pair.ratio != null).toList();
        Change change = measured.isEmpty()
                ? null
                : Change.relative(
                        values(measured, Pair::baselineNsPerPacket),
                        values(measured, Pair::candidateNsPerPacket),
                        run.manifest().experiment().seed());
        Finding finding = Finding.of(change);
        return new LaunchPairs(
                couple.baseline(), couple.candidate(), kind, change, word(finding), finding.isIndicative(), pairs);
    }

    private static Pair pair(RunEvidence run, PairRecord pair) {
        boolean isMeasured = pair.outcome() instanceof TrialOutcome.Measured;
        PairPrice price = PairPrice.of(pair.id(), run.manifest().experiment());
        PairFigures figures = PairFigures.of(pair, price);
        return new Pair(
                pair.id().directoryName(),
                pair.id().number(),
                Outcomes.status(pair.outcome()),
                Outcomes.reasons(pair.outcome()),
                pair.order().name().toLowerCase(Locale.ROOT),
                isMeasured ? figures.ratio() : null,
                isMeasured ? figures.baselineNs() : null,
                isMeasured ? figures.candidateNs() : null,
                isMeasured ? figures.uncertainShare() : null,
                isMeasured
                        ? figures.windows().stream()
                                .map(window -> new Window(figures.counts(window), figures.ratio(window), window))
                                .toList()
                        : List.of(),
                controls(pair, price, isMeasured ? figures.ownRatio() : null));
    }

    private static Controls controls(PairRecord pair, PairPrice price, @Nullable Double ownRatio) {
        Optional<SoloFigures> solo = ownRatio == null ? Optional.empty() : SoloFigures.of(pair, price.jitShareMax());
        return new Controls(
                pair.layout().baselineHasPlaceA(),
                pair.layout().cores() == PairLayout.Cores.SWAPPED,
                ownRatio,
                solo.map(SoloFigures::ratio).orElse(null),
                solo.map(SoloFigures::coreBusyShare).orElse(null),
                pair.stageSeconds());
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

    /// Logarithms of the ratios of those that yield a number, in order.
    double[] logRatios(Predicate<Pair> wanted) {
        return measured().stream()
                .filter(wanted)
                .mapToDouble(pair -> Math.log(Objects.requireNonNull(pair.ratio)))
                .toArray();
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

    /// The candidate, and what it is compared with where that is not the baseline of the run.
    public String label(String runBaseline) {
        return baseline.equals(runBaseline) ? variant : variant + " against " + baseline;
    }

    /// The ratios of all couples, in the form in which samples are drawn.
    ///
    /// @param runBaseline which needs no mention
    public static MetricResult ratios(List<LaunchPairs> couples, String runBaseline) {
        return new MetricResult(
                "pair.ratio",
                Unit.COUNT.symbol(),
                couples.stream().map(couple -> couple.asSamples(runBaseline)).toList());
    }

    private VariantResult asSamples(String runBaseline) {
        List<Sample> samples = measured().stream()
                .map(pair -> new Sample(pair.pair, pair.number, pair.ratio, null))
                .toList();
        return new VariantResult(label(runBaseline), ratio(), ratioInterval(), change, finding, isIndicative, samples);
    }
}
