package phasebench.harness.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phasebench.reports.evidence.PairFigures;
import phasebench.reports.evidence.PairPrice;
import phasebench.reports.evidence.PairWindow;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.PairEdge;
import phasebench.reports.rundir.PairSide;
import phasebench.reports.rundir.ProcessReading;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.scenarios.Drive;
import phasebench.scenarios.DuetSpec;
import phasebench.scenarios.Scenario;

/// Judges whether a launch pair counts, from load and machine alone: in a closed drive the load was equal if the same
/// frames went to the same viewers with the same number in flight, every packet of every counted frame arrived, and
/// both relays had work throughout. How many frames went through is what the pair measures. A pair without media had
/// equal load if nothing was forwarded, and every session was found alive behind it.
public record PairValidity(Scenario scenario, DuetSpec duet, TrialValidity.CoreSharing coreSharing) {
    /// Below this share of the time the core was idle for so long that the drive did not saturate it.
    static final double CORE_BUSY_SHARE_MIN = 0.95;

    /// Below this share of the time a relay slept for so long that it did not have work throughout.
    static final double RUNNABLE_SHARE_MIN = 0.9;

    /// Relay and generator may disagree by this share of the packets, beside the frames in flight at both edges.
    private static final double COUNTER_SHARE_MAX = 0.01;

    private static final String PACKETS = "relay_rtp_packets_out_total";

    /// Whether a pair without media counts, and if not why.
    public TrialOutcome judgeIdle(PairSide baseline, PairSide candidate, List<PairEdge> windows) {
        List<String> reasons = new ArrayList<>();
        for (PairSide side : List.of(baseline, candidate)) {
            reasons.addAll(unequalLoad(side, this::notIdle));
        }
        PairPrice price = new PairPrice.PerViewerSecond(scenario.viewers().count());
        reasons.addAll(
                windowsThatCount(PairFigures.of(windows, price), duet.idle().windows()));
        return reasons.isEmpty() ? new TrialOutcome.Measured() : new TrialOutcome.Invalid(reasons);
    }

    /// Whether a pair with media counts, and if not why.
    public TrialOutcome judge(PairSide baseline, PairSide candidate, List<PairEdge> windows) {
        List<String> reasons = new ArrayList<>();
        reasons.addAll(unequalLoad(baseline, counterCheck(windows, PairEdge::baseline)));
        reasons.addAll(unequalLoad(candidate, counterCheck(windows, PairEdge::candidate)));
        PairFigures figures = PairFigures.of(windows, duet.jitShareMax());
        reasons.addAll(windowsThatCount(figures, duet.windows()));
        if (coreSharing == TrialValidity.CoreSharing.PINNED_APART) {
            reasons.addAll(idleness(baseline.variant(), candidate.variant(), figures.windows()));
        }
        return reasons.isEmpty() ? new TrialOutcome.Measured() : new TrialOutcome.Invalid(reasons);
    }

    /// Whether every one of these windows of warm-up would count: the compilers are quiet, and the drive saturates
    /// the core.
    public boolean isWarm(PairFigures windows) {
        return windows.counted().size() == windows.windows().size() && isSaturated(windows.windows());
    }

    private boolean isSaturated(List<PairWindow> windows) {
        return coreSharing != TrialValidity.CoreSharing.PINNED_APART
                || mean(windows, PairWindow::coreBusyShare) >= CORE_BUSY_SHARE_MIN;
    }

    /// What the relay's counter says against the load.
    private interface CounterCheck {
        List<String> reasons(LoadEvidence load, ProcessReading before, ProcessReading after);
    }

    private static List<String> unequalLoad(PairSide side, CounterCheck counter) {
        LoadEvidence load = side.load();
        ProcessReading before = side.before();
        ProcessReading after = side.after();
        if (load == null || before == null || after == null) {
            return List.of(side.variant() + ": the load came to no end");
        }
        List<String> reasons = lost(load);
        reasons.addAll(counter.reasons(load, before, after));
        reasons.addAll(TrialValidity.fallbacks(after));
        return reasons.stream().map(reason -> side.variant() + ": " + reason).toList();
    }

    private static List<String> lost(LoadEvidence load) {
        List<String> reasons = new ArrayList<>();
        if (load.authenticationFailures() > 0 || load.contentMismatches() > 0) {
            reasons.add("%d packets failed authentication and %d differ from what was published, of %d verified"
                    .formatted(load.authenticationFailures(), load.contentMismatches(), load.packetsVerified()));
        }
        if (load.viewersConnected() < load.viewersWanted()) {
            reasons.add("unequal load: %d of %d viewers were connected throughout"
                    .formatted(load.viewersConnected(), load.viewersWanted()));
        }
        if (load.packetsForwarded() == 0) {
            reasons.add("no packet reached any viewer");
        }
        if (load.packetsLost() > 0 || load.framesComplete() < load.framesExpected()) {
            reasons.add(
                    "unequal load: %d packets lost, %d of %d frames incomplete (%d datagrams dropped at full sockets)"
                            .formatted(
                                    load.packetsLost(),
                                    load.framesExpected() - load.framesComplete(),
                                    load.framesExpected(),
                                    load.receiveBufferDrops()));
        }
        return reasons;
    }

    /// What keeps the windows from counting in which the relays worked in turn; how many packets went through
    /// is up to the pauses.
    public static List<String> unequalAlone(String variant, @Nullable LoadEvidence load) {
        List<String> reasons = load == null ? List.of("the load came to no end") : lost(load);
        return reasons.stream().map(reason -> variant + ", alone: " + reason).toList();
    }

    /// An outcome with further reasons not to count.
    public static TrialOutcome alsoInvalid(TrialOutcome outcome, List<String> reasons) {
        return switch (outcome) {
            case TrialOutcome.Measured _ -> new TrialOutcome.Invalid(reasons);
            case TrialOutcome.Invalid(var earlier) ->
                new TrialOutcome.Invalid(
                        Stream.concat(earlier.stream(), reasons.stream()).toList());
            case TrialOutcome.Failed failed -> failed;
        };
    }

    /// The relay's counter must agree with what arrived. A relay on a saturated core answers when it gets to it:
    /// its two answers belong somewhere before the first and behind the last standstill, and what was forwarded
    /// there may or may not be in them.
    private CounterCheck counterCheck(List<PairEdge> windows, Function<PairEdge, ProcessReading> side) {
        return (load, before, after) -> {
            double sent = packets(after) - packets(before);
            if (Double.isNaN(sent)) {
                return List.of(PACKETS + " is missing from the relay's counters");
            }
            double packetsPerNs = (double) load.packetsForwarded() / load.windowNs();
            double expected = packetsPerNs * (after.atNs() - before.atNs());
            double beyondNs = windows.isEmpty()
                    ? 0
                    : Math.max(0, side.apply(windows.getFirst()).atNs() - before.atNs())
                            + Math.max(
                                    0,
                                    after.atNs() - side.apply(windows.getLast()).atNs());
            double packetsPerFrame = packetsPerFrame(load);
            double tolerance = COUNTER_SHARE_MAX * expected
                    + packetsPerNs * beyondNs
                    + 2 * (framesInFlight() + 1) * packetsPerFrame;
            return Math.abs(sent - expected) <= tolerance
                    ? List.of()
                    : List.of("the relay counted %.0f packets where about %.0f arrived (tolerance %.0f)"
                            .formatted(sent, expected, tolerance));
        };
    }

    /// The two readings enclose the windows without media.
    private List<String> notIdle(LoadEvidence load, ProcessReading before, ProcessReading after) {
        double sent = packets(after) - packets(before);
        if (Double.isNaN(sent)) {
            return List.of(PACKETS + " is missing from the relay's counters");
        }
        return sent <= packetsPerFrame(load)
                ? List.of()
                : List.of("the relay forwarded %.0f packets while no media was to flow".formatted(sent));
    }

    /// To all viewers of a stream, with the sound in the time of a frame of video.
    private double packetsPerFrame(LoadEvidence load) {
        return scenario.framesPerPicture() * load.packetsForwarded() / Math.max(1, load.framesOffered());
    }

    private static double packets(ProcessReading reading) {
        return reading.relayCounters().getOrDefault(PACKETS, Double.NaN);
    }

    private int framesInFlight() {
        return switch (scenario.drive()) {
            case Drive.Closed(int framesInFlight) -> framesInFlight;
            case Drive.Open _ -> 0;
        };
    }

    private static List<String> windowsThatCount(PairFigures figures, int wanted) {
        int counted = figures.counted().size();
        int needed = (wanted + 1) / 2;
        if (counted >= needed) {
            return List.of();
        }
        double worst = figures.windows().stream()
                .mapToDouble(window -> Math.max(
                        window.baseline().jitShare(), window.candidate().jitShare()))
                .max()
                .orElse(Double.NaN);
        return List.of(
                "warm-up: a JIT was still at work, only %d of %d windows count (up to %.1f %% of a relay's CPU, limit %.1f %%)"
                        .formatted(
                                counted,
                                figures.windows().size(),
                                100 * worst,
                                100 * figures.price().jitShareMax()));
    }

    private List<String> idleness(String baseline, String candidate, List<PairWindow> windows) {
        List<String> reasons = new ArrayList<>();
        if (!isSaturated(windows)) {
            reasons.add(
                    "the drive did not saturate the relays' core: it was busy for %.1f %% of the time (limit %.0f %%)"
                            .formatted(100 * mean(windows, PairWindow::coreBusyShare), 100 * CORE_BUSY_SHARE_MIN));
        }
        notRunnable(reasons, baseline, mean(windows, window -> window.baseline().runnableShare()));
        notRunnable(
                reasons, candidate, mean(windows, window -> window.candidate().runnableShare()));
        return reasons;
    }

    private static void notRunnable(List<String> reasons, String variant, double share) {
        if (!(share >= RUNNABLE_SHARE_MIN)) {
            reasons.add("%s: had work for only %.0f %% of the time (limit %.0f %%): the load generator was the limit"
                    .formatted(variant, 100 * share, 100 * RUNNABLE_SHARE_MIN));
        }
    }

    private static double mean(List<PairWindow> windows, ToDoubleFunction<PairWindow> share) {
        return windows.stream().mapToDouble(share).average().orElse(Double.NaN);
    }
}
