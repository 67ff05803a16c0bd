package phasebench.reports.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import phasebench.reports.comparison.MemoryByViewers.Line;
import phasebench.reports.comparison.MemoryByViewers.Point;
import phasebench.reports.comparison.MemoryByViewers.RingCheck;
import phasebench.reports.comparison.MemoryByViewers.VariantMemory;
import phasebench.reports.evidence.Metric;
import phasebench.reports.evidence.Reading;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.TrialRecord;
import phasebench.reports.stats.Change;
import phasebench.reports.stats.Interval;
import phasebench.reports.stats.LinearFit;
import phasebench.scenarios.TrialTiming;
import phasebench.scenarios.Variant;

/// Fits memory over viewers, and holds the difference that a ring makes against its derived size.
final class MemoryComparer {
    /// A mean may lie off the line by this share of the line's rise, whatever the test for a bend says: heaps after a
    /// full collection repeat so well that it finds the smallest one.
    private static final double APART_OF_RISE_MAX = 0.05;

    private static final double BEND_P_MAX = 0.05;

    private final RunEvidence run;

    private MemoryComparer(RunEvidence run) {
        this.run = run;
    }

    /// Null for a run with one number of viewers.
    static @Nullable MemoryByViewers compare(RunEvidence run) {
        return run.isOverViewers() ? new MemoryComparer(run).compare() : null;
    }

    private MemoryByViewers compare() {
        return new MemoryByViewers(
                Change.CONFIDENCE,
                run.manifest().experiment().viewerCounts(),
                run.variants().stream().map(this::variant).toList(),
                rings());
    }

    private VariantMemory variant(String variant) {
        List<Point> points = points(variant);
        return new VariantMemory(
                variant,
                fit(points, Point::heapBytes)
                        .map(fit -> line(points, Point::heapBytes, fit))
                        .orElse(null),
                fit(points, Point::rssBytes)
                        .map(fit -> line(points, Point::rssBytes, fit))
                        .orElse(null),
                points);
    }

    private List<Point> points(String variant) {
        return run.measuredOverViewers(variant).stream()
                .map(trial -> new Point(
                        trial.id().directoryName(),
                        Objects.requireNonNull(trial.id().viewers(), "a trial without its number of viewers"),
                        value(Metric.HEAP_LIVE_BYTES, trial),
                        value(Metric.RSS_BYTES, trial)))
                .toList();
    }

    private static @Nullable Double value(Metric metric, TrialRecord trial) {
        return switch (metric.of(trial)) {
            case Reading.Value(double value) -> value;
            case Reading.Missing _ -> null;
        };
    }

    private static Optional<LinearFit> fit(List<Point> points, Function<Point, @Nullable Double> figure) {
        List<Point> known =
                points.stream().filter(point -> figure.apply(point) != null).toList();
        if (known.stream().map(Point::viewers).distinct().count() < 2) {
            return Optional.empty();
        }
        return Optional.of(LinearFit.of(
                known.stream().mapToDouble(Point::viewers).toArray(),
                known.stream()
                        .mapToDouble(point -> Objects.requireNonNull(figure.apply(point)))
                        .toArray()));
    }

    private static Line line(List<Point> points, Function<Point, @Nullable Double> figure, LinearFit fit) {
        double[] viewers = points.stream()
                .filter(point -> figure.apply(point) != null)
                .mapToDouble(Point::viewers)
                .sorted()
                .toArray();
        double rise = Math.abs(fit.slope()) * (viewers[viewers.length - 1] - viewers[0]);
        Double lackOfFit = fit.bend().lackOfFit();
        boolean isNearLine =
                fit.bend().meanApartMax() <= APART_OF_RISE_MAX * rise || (lackOfFit != null && lackOfFit >= BEND_P_MAX);
        return new Line(
                fit.slope(),
                fit.slopeInterval(Change.CONFIDENCE),
                fit.intercept(),
                fit.interceptInterval(Change.CONFIDENCE),
                Double.isNaN(fit.residualDeviation()) ? null : fit.residualDeviation(),
                fit.bend().meanApartMax(),
                lackOfFit,
                Arrays.stream(viewers).distinct().count() < 3 ? null : isNearLine,
                fit.n());
    }

    /// Each variant whose viewers have rings against the first one that differs from it in that alone.
    private List<RingCheck> rings() {
        List<RingCheck> checks = new ArrayList<>();
        for (String with : run.variants()) {
            for (String without : run.variants()) {
                if (differInTheRingAlone(with, without)) {
                    ring(with, without).ifPresent(checks::add);
                }
            }
        }
        return checks;
    }

    private boolean differInTheRingAlone(String with, String without) {
        Map<String, String> settings = settings(with);
        if (!"per-viewer".equals(settings.get("nack")) || !"allocate".equals(settings.get("buffers"))) {
            return false;
        }
        Map<String, String> withoutRing = new TreeMap<>(settings);
        withoutRing.put("nack", "off");
        return withoutRing.equals(settings(without)) && flags(with).equals(flags(without));
    }

    /// Empty when no trial was measured.
    private Map<String, String> settings(String variant) {
        return run.measuredOverViewers(variant).stream()
                .findFirst()
                .map(trial -> EffectiveSettings.switched(run, trial))
                .orElse(Map.of());
    }

    private List<String> flags(String id) {
        return run.manifest().experiment().variants().stream()
                .filter(variant -> variant.id().equals(id))
                .findFirst()
                .map(Variant::jvmFlags)
                .orElse(List.of());
    }

    private Optional<RingCheck> ring(String with, String without) {
        Optional<LinearFit> steep = fit(points(with), Point::heapBytes);
        Optional<LinearFit> flat = fit(points(without), Point::heapBytes);
        if (steep.isEmpty() || flat.isEmpty()) {
            return Optional.empty();
        }
        double derived = RingSize.FULL.bytes();
        double difference = steep.get().slope() - flat.get().slope();
        Interval interval = steep.get().slopeMinus(flat.get(), Change.CONFIDENCE);
        long packets = packetsLeast(with);
        return Optional.of(new RingCheck(
                with,
                without,
                difference,
                interval,
                RingSize.FULL,
                difference / derived - 1,
                isWithin(difference / derived),
                interval != null && isWithin(interval.low() / derived) && isWithin(interval.high() / derived),
                packets,
                packets >= RingSize.PACKETS));
    }

    private static boolean isWithin(double ofDerived) {
        return Math.abs(ofDerived - 1) <= RingCheck.APART_MAX;
    }

    /// What the viewer that joined last got in the least warm-up and the window; the least over the trials.
    private long packetsLeast(String variant) {
        TrialTiming timing = run.manifest().experiment().scenario().timing();
        double fullLoadNs = timing.warmUp().plus(timing.window()).toNanos();
        return run.measuredOverViewers(variant).stream()
                .map(TrialRecord::load)
                .filter(load -> load != null && load.viewersConnected() > 0)
                .mapToLong(load -> packets(Objects.requireNonNull(load), fullLoadNs))
                .min()
                .orElse(0);
    }

    private static long packets(LoadEvidence load, double timeNs) {
        return Math.round((double) load.packetsForwarded() / load.viewersConnected() * timeNs / load.windowNs());
    }
}
