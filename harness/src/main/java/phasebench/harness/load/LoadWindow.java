package phasebench.harness.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.audit.ViewerTally;
import phasebench.harness.load.audit.WindowTally;
import phasebench.harness.load.media.FrameWindow;
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

/// One measurement window: from one frame boundary to another, on every stream. What counts is the frame that a packet
/// belongs to, not when it came.
final class LoadWindow {
    /// How long before a boundary the harness is told, so that it can read the relay's clocks while the relay is idle.
    private static final long LEAD_NS_MAX = 15_000_000;

    private static final long MARGIN_NS = 40_000_000;
    private static final long MARGIN_FRAMES = 64;
    private static final int ATTEMPTS_MAX = 6;
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

    private WindowTally tally = new WindowTally();
    private List<FrameWindow> frames = List.of();
    private List<Publisher.Tally> published = List.of();
    private GeneratorUsage before = GeneratorUsage.read();
    private GeneratorUsage after = before;
    private final WindowWatch watch;
    private long countedBefore;
    private long countedAfter;
    private long beginNs;
    private long endNs;
    private boolean isBounded;

    private LoadWindow(List<StreamLoad> streams, Viewers viewers, Scenario scenario, Waiting waiting)
            throws LoadException {
        this.streams = streams;
        this.viewers = viewers;
        this.scenario = scenario;
        this.waiting = waiting;
        this.watch = new WindowWatch(viewers);
        this.viewersBefore = viewers.count();
        this.leadNs = Math.min(LEAD_NS_MAX, streams.getFirst().grid().periodNs() * 2 / 5);
        try {
            Set<Integer> ports = viewers.localPorts();
            this.overflowBefore = viewers.overflowDatagrams();
            this.dropsBefore = KernelDrops.read(ports);
        } catch (IOException e) {
            throw new LoadException("cannot read the kernel's drop counts: " + e.getMessage(), e);
        }
    }

    /// Begins a window; returns a few milliseconds before its first frame is due (open drive) or when it has just left
    /// (closed drive).
    static LoadWindow begin(List<StreamLoad> streams, Viewers viewers, Scenario scenario, Waiting waiting)
            throws LoadException, InterruptedException {
        LoadWindow window = new LoadWindow(streams, viewers, scenario, waiting);
        if (scenario.drive() instanceof Drive.Open) {
            window.beginOpen();
        } else {
            window.beginClosed();
        }
        window.watch.begin();
        return window;
    }

    private void beginOpen() throws LoadException, InterruptedException {
        StreamLoad clock = streams.getFirst();
        long frameCount = Math.max(
                1,
                Math.round(scenario.timing().window().toNanos()
                        * 1e-9
                        * clock.grid().framesPerSecond()));
        long marginNs = MARGIN_NS + leadNs;
        List<FrameWindow> armed;
        do {
            long firstFrame = clock.frameAtOrAfter(System.nanoTime() + marginNs);
            beginNs = clock.drive().dueNs(firstFrame);
            endNs = clock.drive().dueNs(firstFrame + frameCount);
            armed = streams.stream()
                    .map(stream -> {
                        FrameWindow window = new FrameWindow(stream.frameAtOrAfter(beginNs));
                        window.endBefore(stream.frameAtOrAfter(endNs));
                        return window;
                    })
                    .toList();
            marginNs *= 2;
        } while (!isArmed(armed, marginNs > MARGIN_NS << ATTEMPTS_MAX));
        tally.beginAt(beginNs);
        tally.endAt(endNs);
        waiting.until(beginNs - leadNs);
        before = GeneratorUsage.read();
        countedBefore = packetsCounted();
    }

    private void beginClosed() throws LoadException, InterruptedException {
        long margin = MARGIN_FRAMES;
        List<FrameWindow> armed;
        do {
            long ahead = margin;
            armed = streams.stream()
                    .map(stream -> new FrameWindow(stream.drive().newestFrame() + ahead))
                    .toList();
            margin *= 2;
        } while (!isArmed(armed, margin > MARGIN_FRAMES << ATTEMPTS_MAX));
        awaitReleased(armed.stream().map(FrameWindow::firstFrame).toList());
        beginNs = streams.getFirst().drive().dueNs(armed.getFirst().firstFrame());
        tally.beginAt(beginNs);
        before = GeneratorUsage.read();
        countedBefore = packetsCounted();
    }

    /// Makes all sides count a window, and returns whether they do so before its first frames have left.
    private boolean isArmed(List<FrameWindow> armed, boolean isLastAttempt) throws LoadException, InterruptedException {
        tally = new WindowTally(); // what an attempt that came too late counted is not the window's
        viewers.begin(armed, tally);
        List<Publisher.Tally> counting = new ArrayList<>();
        boolean isInTime = true;
        for (int i = 0; i < streams.size(); i++) {
            counting.add(streams.get(i).publisher().count(armed.get(i)));
            isInTime &= streams.get(i).drive().newestFrame() < armed.get(i).firstFrame();
        }
        if (!isInTime && isLastAttempt) {
            throw new LoadException("the load generator is too slow to begin a window: its core is overloaded");
        }
        frames = armed;
        published = counting;
        return isInTime;
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
        awaitReleased(frames.stream().map(FrameWindow::endFrame).toList());
        endNs = streams.getFirst().drive().dueNs(frames.getFirst().endFrame());
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
    LoadEvidence end(Duration drain, @Nullable ViewerMoves moves) throws LoadException, InterruptedException {
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
        LoadEvidence counted = new WindowEvidence(tallies, tally, published, usage(), drops, endNs - beginNs)
                .assemble(viewersBefore, viewers.srtpProfiles());
        RecoveryEvidence recovery = RecoveryFigures.of(tally.recovery(), viewers.browserCount());
        LoadEvidence evidence = counted.withChecks(
                        watch.checks(tallies, counted.framesOffered(), recovery.packetsAsked()))
                .withReception(recovery, receiving(overflow));
        if (moves == null || moved == null) {
            return evidence;
        }
        int wanted = viewersBefore + moved.joinsPlanned() - moved.leavesPlanned();
        return evidence.withJoins(wanted, evidence.viewersConnected() - moves.leftConnected(), moved);
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
