package phasebench.reports.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phasebench.reports.comparison.ComparisonDocument.MetricResult;
import phasebench.reports.comparison.DuetResult.Check;
import phasebench.reports.comparison.DuetResult.Composed;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.PairKind;
import phasebench.reports.rundir.PairRecord;
import phasebench.reports.rundir.PairSide;
import phasebench.reports.stats.Change;
import phasebench.reports.stats.ComposedCpu;
import phasebench.reports.stats.Interval;
import phasebench.reports.stats.StudentT;
import phasebench.reports.stats.Welch;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.StreamSpec;

/// Composes the CPU at the scenario's rate from launch pairs of both kinds, and holds the ratios against what
/// should make no difference to them: the order of starting, the place, the core, and the company of the
/// other relay.
final class DuetComparer {
    private final RunEvidence run;
    private final List<LaunchPairs> media;
    private final MetricResult steadyCpu;

    private DuetComparer(RunEvidence run, List<LaunchPairs> media, MetricResult steadyCpu) {
        this.run = run;
        this.media = media;
        this.steadyCpu = steadyCpu;
    }

    /// Null for a run without launch pairs.
    ///
    /// @param steadyCpu CPU per packet by steady trials, where the run has any
    static @Nullable DuetResult compare(RunEvidence run, List<LaunchPairs> media, MetricResult steadyCpu) {
        return run.isDuet() ? new DuetComparer(run, media, steadyCpu).result() : null;
    }

    private DuetResult result() {
        List<LaunchPairs> idle = LaunchPairs.of(run, PairKind.IDLE);
        List<Composed> composed = media.stream()
                .flatMap(couple -> composed(couple, idle).stream())
                .toList();
        List<Check> checks =
                media.stream().flatMap(couple -> checks(couple).stream()).toList();
        return new DuetResult(idle, composed, checks, stageSeconds(idle));
    }

    private Optional<Composed> composed(LaunchPairs couple, List<LaunchPairs> idle) {
        Optional<LaunchPairs> without = idle.stream()
                .filter(one -> one.baseline().equals(couple.baseline())
                        && one.variant().equals(couple.variant()))
                .filter(one -> !one.measured().isEmpty())
                .findFirst();
        OptionalDouble packets = packetsPerSecond();
        if (without.isEmpty() || couple.measured().isEmpty() || packets.isEmpty()) {
            return Optional.empty();
        }
        int viewers = run.manifest().experiment().scenario().viewers().count();
        ComposedCpu cpu = ComposedCpu.of(
                prices(couple), prices(without.get()), packets.getAsDouble(), viewers, Change.CONFIDENCE);
        Change steady = steady(couple);
        Interval steadyInterval = steady == null ? null : ratioInterval(steady);
        Interval interval = cpu.interval();
        return Optional.of(new Composed(
                couple.baseline(),
                couple.variant(),
                packets.getAsDouble(),
                viewers,
                cpu,
                steady == null ? null : 1 + steady.estimate(),
                steadyInterval,
                (interval == null || steadyInterval == null) ? null : overlap(interval, steadyInterval)));
    }

    private static ComposedCpu.Prices prices(LaunchPairs couple) {
        return new ComposedCpu.Prices(
                couple.measured().stream()
                        .map(pair -> Objects.requireNonNull(pair.baselineNsPerPacket()))
                        .toList(),
                couple.measured().stream()
                        .map(pair -> Objects.requireNonNull(pair.candidateNsPerPacket()))
                        .toList());
    }

    private @Nullable Change steady(LaunchPairs couple) {
        PairedSamples rounds = PairedSamples.of(
                steadyCpu.of(couple.baseline()).samples(),
                steadyCpu.of(couple.variant()).samples());
        if (rounds.n() == 0) {
            return null;
        }
        Change change = Change.relative(
                rounds.before(), rounds.after(), run.manifest().experiment().seed());
        return change.scale() == Change.Scale.RELATIVE ? change : null;
    }

    private static @Nullable Interval ratioInterval(Change change) {
        Interval interval = change.interval();
        return interval == null
                ? null
                : new Interval(1 + interval.estimate(), 1 + interval.low(), 1 + interval.high(), interval.confidence());
    }

    private static boolean overlap(Interval one, Interval other) {
        return one.low() <= other.high() && other.low() <= one.high();
    }

    /// At the scenario's real rate, to all viewers together; empty when nobody knows how many packets a frame has.
    private OptionalDouble packetsPerSecond() {
        Scenario scenario = run.manifest().experiment().scenario();
        double sum = 0;
        for (StreamSpec stream : scenario.streams()) {
            int audio = stream.audioPacketsPerSecond();
            sum += switch (stream.source()) {
                case MediaSource.Synthetic synthetic ->
                    synthetic.framesPerSecond() * synthetic.packetsPerFrame() + audio;
                case MediaSource.Clip clip -> (clip.framesPerSecond() + audio) * packetsPerFrameSeen();
            };
        }
        double packets = sum / scenario.streams().size() * scenario.viewers().count();
        return packets > 0 ? OptionalDouble.of(packets) : OptionalDouble.empty();
    }

    /// Mean over everything that viewers got in launch pairs, on all tracks; NaN when they got nothing.
    private double packetsPerFrameSeen() {
        List<LoadEvidence> loads = run.pairs().stream()
                .flatMap(pair -> Stream.of(pair.baseline(), pair.candidate()))
                .map(PairSide::load)
                .flatMap(Stream::ofNullable)
                .toList();
        double packets = loads.stream().mapToLong(LoadEvidence::packetsReceived).sum();
        return packets / loads.stream().mapToLong(LoadEvidence::framesExpected).sum();
    }

    private static List<Check> checks(LaunchPairs couple) {
        List<Check> checks = new ArrayList<>();
        alone(couple).ifPresent(checks::add);
        bySide(couple, "order", "was started first", pair -> pair.order().equals("baseline_first"))
                .ifPresent(checks::add);
        bySide(
                        couple,
                        "place",
                        "had the first of the two folders",
                        pair -> pair.controls().isBaselineInA())
                .ifPresent(checks::add);
        byCores(couple).ifPresent(checks::add);
        return checks;
    }

    /// Solo windows against the common ones of the same two relays.
    private static Optional<Check> alone(LaunchPairs couple) {
        List<LaunchPairs.Pair> pairs = couple.measured().stream()
                .filter(pair -> pair.controls().soloRatio() != null)
                .toList();
        double[] logs = pairs.stream()
                .mapToDouble(pair -> Math.log(
                        Objects.requireNonNull(pair.controls().soloRatio()) / Objects.requireNonNull(pair.ratio())))
                .toArray();
        if (logs.length < 2) {
            return Optional.empty();
        }
        double busy = pairs.stream()
                .mapToDouble(pair -> Objects.requireNonNull(pair.controls().soloCoreBusyShare()))
                .average()
                .orElse(Double.NaN);
        Interval interval = StudentT.ofMean(logs, Change.CONFIDENCE);
        String how = String.format(Locale.ROOT, "each alone in turn, its core %.0f %% busy", 100 * busy);
        return Optional.of(check(couple, "alone", interval, logs.length, how + ", instead of side by side"));
    }

    private static Optional<Check> bySide(
            LaunchPairs couple, String what, String happened, Predicate<LaunchPairs.Pair> isBaseline) {
        return compared(couple, what, isBaseline.negate(), "where the candidate, not the baseline, " + happened);
    }

    private static Optional<Check> byCores(LaunchPairs couple) {
        return compared(
                couple, "cores", pair -> pair.controls().areCoresSwapped(), "where relays and load had changed cores");
    }

    /// The pairs with something against those without, by Welch's test on the log ratios.
    private static Optional<Check> compared(
            LaunchPairs couple, String what, Predicate<LaunchPairs.Pair> with, String when) {
        double[] without = couple.logRatios(with.negate());
        double[] those = couple.logRatios(with);
        if (without.length < 2 || those.length < 2 || (isConstant(without) && isConstant(those))) {
            return Optional.empty();
        }
        Interval interval = Welch.of(without, those, Change.CONFIDENCE).interval();
        return Optional.of(check(couple, what, interval, without.length + those.length, when));
    }

    private static boolean isConstant(double[] values) {
        return Arrays.stream(values).allMatch(value -> value == values[0]);
    }

    private static Check check(LaunchPairs couple, String what, Interval logs, int n, String when) {
        double factor = Math.exp(logs.estimate());
        Interval interval = new Interval(factor, Math.exp(logs.low()), Math.exp(logs.high()), logs.confidence());
        boolean isSuspicious = !interval.contains(1);
        String sentence = String.format(
                Locale.ROOT,
                "The ratio of %s to %s %s %s: x %.4f (%.0f %% interval %.4f to %.4f, n = %d launch pairs)",
                couple.variant(),
                couple.baseline(),
                isSuspicious ? "is another one" : "shows no difference",
                when,
                factor,
                100 * interval.confidence(),
                interval.low(),
                interval.high(),
                n);
        return new Check(couple.baseline(), couple.variant(), what, factor, interval, n, isSuspicious, sentence);
    }

    private Map<String, Double> stageSeconds(List<LaunchPairs> idle) {
        Map<String, List<Double>> all = new LinkedHashMap<>();
        Stream.concat(media.stream(), idle.stream())
                .flatMap(couple -> couple.measured().stream())
                .forEach(pair -> pair.controls()
                        .stageSeconds()
                        .forEach((stage, seconds) -> all.computeIfAbsent(kindOf(pair) + stage, _ -> new ArrayList<>())
                                .add(seconds)));
        Map<String, Double> means = new LinkedHashMap<>();
        all.forEach((stage, seconds) -> means.put(
                stage,
                seconds.stream().mapToDouble(Double::doubleValue).average().orElseThrow()));
        return means;
    }

    private String kindOf(LaunchPairs.Pair pair) {
        boolean isIdle = run.pairs().stream()
                .filter(one -> one.id().directoryName().equals(pair.pair()))
                .map(PairRecord::id)
                .anyMatch(id -> id.kind() == PairKind.IDLE);
        return isIdle ? "idle: " : "";
    }
}
