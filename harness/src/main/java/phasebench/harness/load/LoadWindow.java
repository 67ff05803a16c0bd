package phasebench.harness.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.audit.ViewerTally;
import phasebench.harness.load.audit.WindowTally;
import phasebench.harness.load.impair.ImpairmentProxy;
import phasebench.harness.load.media.StreamWindow;
import phasebench.harness.load.publisher.Publisher;
import phasebench.harness.load.viewer.KernelDrops;
import phasebench.harness.load.viewer.ViewerMoves;
import phasebench.harness.load.viewer.Viewers;
import phasebench.reports.rundir.JoinEvidence;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.ReceiveEvidence;
import phasebench.reports.rundir.RecoveryEvidence;
import phasebench.scenarios.Drive;
import phasebench.scenarios.Scenario;

/// One measurement window: from one frame of video to another, on every stream, with the sound of the same media time.
/// What counts is the frame that a packet belongs to, not when it came.
final class LoadWindow {
    /// How long before a boundary the harness is told, so that it can read the relay's clocks while the relay is idle.
    private static final long LEAD_NS_MAX = 15_000_000;

    private static final long MARGIN_NS = 40_000_000;
    private static final long MARGIN_FRAMES = 64;
    private static final long POLL_NS = 1_000_000;

    /// Waits until an instant of System.nanoTime, and throws if the load breaks down before.
    interface Waiting {
        void until(long instantNs) throws LoadException, InterruptedException;
    }

    private final List<StreamLoad> streams;
    private final Viewers viewers;
    private final Scenario scenario;
    private final Waiting waiting;
    private final long leadNs;
    private final int viewersBefore;
    private final long dropsBefore;
    private final long overflowBefore;

    private final WindowTally tally = new WindowTally();
    private final List<StreamWindow> frames;
    private final List<Publisher.Tally> published = new ArrayList<>();
    private boolean isInTime = true;
    private GeneratorUsage before = GeneratorUsage.read();
    private GeneratorUsage after = before;
    private final WindowWatch watch;
    private long countedBefore;
    private long countedAfter;
    private long beginNs;
    private long endNs;
    private boolean isBounded;

    private LoadWindow(List<StreamLoad> streams, Viewers viewers, Scenario scenario, WindowPlan plan, Waiting waiting)
            throws LoadException {
        this.streams = streams;
        this.viewers = viewers;
        this.scenario = scenario;
        this.waiting = waiting;
        this.watch = new WindowWatch(viewers);
        this.viewersBefore = viewers.count();
        this.leadNs = leadNs(streams);
        this.frames = frames(streams, plan);
        try {
            Set<Integer> ports = viewers.localPorts();
            this.overflowBefore = viewers.overflowDatagrams();
            this.dropsBefore = KernelDrops.read(ports);
        } catch (IOException e) {
            throw new LoadException("cannot read the kernel's drop counts: " + e.getMessage(), e);
        }
    }

    private static long leadNs(List<StreamLoad> streams) {
        return Math.min(LEAD_NS_MAX, streams.getFirst().grid().periodNs() * 2 / 5);
    }

    private static List<StreamWindow> frames(List<StreamLoad> streams, WindowPlan plan) {
        List<StreamWindow> windows = new ArrayList<>();
        for (int i = 0; i < streams.size(); i++) {
            WindowPlan.Span span = plan.streams().get(i);
            StreamWindow window = streams.get(i).windowFrom(span.firstFrame());
            if (span.endFrame() != WindowPlan.UNTIL_ASKED) {
                window.endBefore(span.endFrame());
            }
            windows.add(window);
        }
        return List.copyOf(windows);
    }

    /// Names the frames of a window that is about to begin.
    ///
    /// @param attempt from 0 on; each leaves twice as much time until the window's first frame
    static WindowPlan plan(List<StreamLoad> streams, Scenario scenario, int attempt) {
        if (scenario.drive() instanceof Drive.Closed) {
            long ahead = MARGIN_FRAMES << attempt;
            return new WindowPlan(streams.stream()
                    .map(stream -> new WindowPlan.Span(stream.drive().newestFrame() + ahead, WindowPlan.UNTIL_ASKED))
                    .toList());
        }
        StreamLoad clock = streams.getFirst();
        double seconds = scenario.timing().window().toNanos() * 1e-9;
        long frameCount = Math.max(1, Math.round(seconds * clock.grid().framesPerSecond()));
        long leadNs = leadNs(streams) + leadFrames(scenario) * longestPeriodNs(streams);
        long marginNs = (MARGIN_NS + leadNs) << attempt;
        long firstFrame = clock.frameAtOrAfter(System.nanoTime() + marginNs);
        long beginNs = clock.drive().dueNs(firstFrame);
        long endNs = clock.drive().dueNs(firstFrame + frameCount);
        return new WindowPlan(streams.stream()
                .map(stream -> new WindowPlan.Span(stream.frameAtOrAfter(beginNs), stream.frameAtOrAfter(endNs)))
                .toList());
    }

    /// Makes all sides count a window by a plan.
    static LoadWindow arm(
            List<StreamLoad> streams, Viewers viewers, Scenario scenario, WindowPlan plan, Waiting waiting)
            throws LoadException, InterruptedException {
        LoadWindow window = new LoadWindow(streams, viewers, scenario, plan, waiting);
        window.arm();
        return window;
    }

    private void arm() throws InterruptedException {
        viewers.begin(frames, tally);
        for (int i = 0; i < streams.size(); i++) {
            Publisher publisher = streams.get(i).publisher();
            if (publisher != null) {
                published.add(publisher.count(frames.get(i)));
            }
            isInTime &= !streams.get(i).hasReached(frames.get(i), leadFrames(scenario));
        }
    }

    /// Between two frames of any track.
    private static long longestPeriodNs(List<StreamLoad> streams) {
        return streams.stream()
                .flatMap(stream -> stream.view().tracks().stream())
                .mapToLong(track -> track.grid().periodNs())
                .max()
                .orElse(0);
    }

    /// Frames before the window that must not have left either when it is begun.
    private static long leadFrames(Scenario scenario) {
        return scenario.impairments().isEmpty() ? 0 : ImpairmentProxy.LEAD_FRAMES;
    }

    /// Whether all sides counted before the first frames left.
    boolean isInTime() {
        return isInTime;
    }

    /// Returns a few milliseconds before the window's first frame is due (open drive) or when it has just left (closed
    /// drive).
    void begin() throws LoadException, InterruptedException {
        StreamLoad clock = streams.getFirst();
        if (scenario.drive() instanceof Drive.Open) {
            beginNs = clock.drive().dueNs(frames.getFirst().video().firstFrame());
            endNs = clock.drive().dueNs(frames.getFirst().video().endFrame());
            tally.endAt(endNs);
            tally.beginAt(beginNs);
            waiting.until(beginNs - leadNs);
        } else {
            awaitReleased(
                    frames.stream().map(window -> window.video().firstFrame()).toList());
            beginNs = clock.drive().dueNs(frames.getFirst().video().firstFrame());
            tally.beginAt(beginNs);
        }
        before = GeneratorUsage.read();
        countedBefore = packetsCounted();
        watch.begin();
    }

    /// Returns a few milliseconds before the first frame behind the window is due (open drive) or when it has just left
    /// (closed drive).
    void awaitBoundary() throws LoadException, InterruptedException {
        if (isBounded) {
            return;
        }
        if (scenario.drive() instanceof Drive.Open) {
            waiting.until(endNs - leadNs);
        } else {
            waiting.until(beginNs + scenario.timing().window().toNanos());
            endClosed();
        }
        after = GeneratorUsage.read();
        watch.end();
        countedAfter = packetsCounted();
        isBounded = true;
    }

    private void endClosed() throws LoadException, InterruptedException {
        for (int i = 0; i < streams.size(); i++) {
            long endFrame = streams.get(i).drive().newestFrame() + MARGIN_FRAMES;
            frames.get(i).endBefore(endFrame);
            if (streams.get(i).drive().newestFrame() >= endFrame) {
                throw new LoadException("the load generator is too slow to end a window: its core is overloaded");
            }
        }
        awaitReleased(frames.stream().map(window -> window.video().endFrame()).toList());
        endNs = streams.getFirst().drive().dueNs(frames.getFirst().video().endFrame());
        tally.endAt(endNs);
    }

    /// Waits until a frame of each stream has left.
    private void awaitReleased(List<Long> frameOfStream) throws LoadException, InterruptedException {
        for (int i = 0; i < streams.size(); i++) {
            while (streams.get(i).drive().newestFrame() < frameOfStream.get(i)) {
                waiting.until(System.nanoTime() + POLL_NS);
            }
        }
    }

    /// When the first frame of the window is due (System.nanoTime).
    long beginNs() {
        return beginNs;
    }

    /// Waits for the end of the window and the drain, and says what came.
    ///
    /// @param moves viewers that come and go in the window; null for none
    WindowShare end(Duration drain, @Nullable ViewerMoves moves) throws LoadException, InterruptedException {
        awaitBoundary();
        waiting.until(endNs + drain.toNanos());
        JoinEvidence moved = moves == null ? null : moves.finish();
        long drops;
        long overflow;
        try {
            drops = KernelDrops.read(viewers.localPorts()) + viewers.dropsOfLeft() - dropsBefore;
            overflow = viewers.overflowDatagrams() - overflowBefore;
        } catch (IOException e) {
            throw new LoadException("cannot read the kernel's drop counts: " + e.getMessage(), e);
        }
        List<ViewerTally> tallies = viewers.end();
        RecoveryEvidence recovery = RecoveryFigures.of(tally.recovery(), viewers.browserCount());
        LoadEvidence counted = new WindowEvidence(tallies, tally, published, usage(), drops, endNs - beginNs)
                .assemble(viewersBefore, viewers.srtpProfiles())
                .withChecks(watch.checks(ViewerTally.viewerCount(tallies), usage()))
                .withReception(recovery, receiving(overflow));
        if (moves == null || moved == null) {
            return new WindowShare(counted, tallies, List.of());
        }
        int wanted = viewersBefore + moved.joinsPlanned() - moved.leavesPlanned();
        LoadEvidence ofMoving = counted.withJoins(wanted, counted.viewersConnected() - moves.leftConnected(), moved);
        return new WindowShare(ofMoving, tallies, moves.pictureNs());
    }

    private ReceiveEvidence receiving(long overflow) {
        return new ReceiveEvidence(viewers.receiving(), overflow, viewers.sinkCount(), countedAfter - countedBefore);
    }

    private long packetsCounted() throws LoadException {
        try {
            return viewers.packetsCounted();
        } catch (IOException e) {
            throw new LoadException("cannot read how many packets the kernel counted: " + e.getMessage(), e);
        }
    }

    private GeneratorUsage usage() {
        return new GeneratorUsage(after.cpuNs() - before.cpuNs(), after.gcNs() - before.gcNs());
    }
}
