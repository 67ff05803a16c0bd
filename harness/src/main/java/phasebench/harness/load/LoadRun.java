package phasebench.harness.load;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.audit.StreamView;
import phasebench.harness.load.impair.ImpairmentProxy;
import phasebench.harness.load.mdns.MdnsScript;
import phasebench.harness.load.mdns.MdnsTalker;
import phasebench.harness.load.media.ClosedDrive;
import phasebench.harness.load.viewer.ViewerMoves;
import phasebench.harness.load.viewer.Viewers;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.scenarios.LoadShape;
import phasebench.scenarios.MdnsTalk;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.schedule.ViewerEvent;
import phasebench.scenarios.schedule.ViewerSchedule;

/// One scenario offered to one relay: what [LoadMain] does at the handle's command, stage by stage.
final class LoadRun implements AutoCloseable {
    /// A relay that forwards nothing for so long is dead. Longer than the stall of two seconds that a trial must
    /// survive and show as latency.
    private static final long SILENCE_NS = 2_500_000_000L;

    private static final long FIRST_DUE_NS = 50_000_000;

    private final Scenario scenario;
    private final LoadTargets targets;
    private final long seed;
    private final ViewerSchedule schedule;
    private final List<StreamLoad> streams = new ArrayList<>();
    private @Nullable Viewers viewers;
    private @Nullable LoadWindow window;
    private @Nullable MdnsTalker talker;
    private @Nullable ViewerMoves moves;
    private int step;
    private boolean isPaused;
    private long resumedNs;

    LoadRun(Scenario scenario, LoadTargets targets, long seed) {
        this.scenario = scenario;
        this.targets = targets;
        this.seed = seed;
        this.schedule = ViewerSchedule.of(scenario, seed);
    }

    /// Publishes all streams; their frames are due in turn within a frame period.
    void publish() throws LoadException {
        requireCarriedOut();
        List<StreamLoad.Announced> announced = new ArrayList<>();
        try {
            for (int i = 0; i < scenario.streams().size(); i++) {
                announced.add(StreamLoad.announce(scenario.streams().get(i), i, targets, seed));
            }
        } catch (IOException e) {
            announced.forEach(one -> one.publisher().close());
            throw new LoadException("cannot publish: " + e.getMessage(), e);
        }
        long firstDueNs = System.nanoTime() + FIRST_DUE_NS;
        for (int i = 0; i < announced.size(); i++) {
            long phaseNs = announced.get(i).grid().periodNs() / announced.size() * i;
            streams.add(announced.get(i).start(scenario.drive(), firstDueNs + phaseNs, targets));
        }
    }

    /// Load that is asked for and not given would make two scenarios look the same.
    private void requireCarriedOut() throws LoadException {
        if (scenario.generators() > 1) {
            throw new LoadException("this load generator does not carry out generators of scenario " + scenario.name());
        }
    }

    /// Lets the viewers join; returns when each receives frames.
    void ramp() throws LoadException, InterruptedException {
        List<StreamView> views = streams.stream().map(StreamLoad::view).toList();
        Viewers joining = new Viewers(views, scenario.viewers(), seed, startProxy());
        viewers = joining;
        startTalker(joining);
        try {
            joining.join(schedule.in(ViewerEvent.Stage.RAMP));
        } catch (IOException e) {
            checkPublishers();
            throw new LoadException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
        for (int i = 0; i < streams.size(); i++) {
            if (streams.get(i).drive() instanceof ClosedDrive closed) {
                if (joining.watching(i) == 0 && joining.sinkCount() > 0) {
                    throw new LoadException("stream " + streams.get(i).view().name() + " has no viewer that takes its"
                            + " media, and a closed drive goes by what viewers get");
                }
                closed.close(joining.watching(i));
            }
        }
    }

    private @Nullable ImpairmentProxy startProxy() throws LoadException {
        try {
            return ImpairmentProxy.start(scenario.impairments(), seed);
        } catch (IOException e) {
            throw new LoadException("cannot start the impairment proxy: " + e.getMessage(), e);
        }
    }

    /// Lets the viewers of the next step of a climb join, in no window; returns when each receives frames.
    void grow() throws LoadException, InterruptedException {
        if (!(scenario.shape() instanceof LoadShape.Climb climb)) {
            throw new LoadException("a scenario of shape " + scenario.shape().word() + " does not climb");
        }
        Viewers all = joined();
        checkAlive();
        try {
            all.join(ViewerSchedule.ofStep(scenario, climb, ++step));
        } catch (IOException e) {
            checkPublishers();
            throw new LoadException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
    }

    /// Neighbours that speak mDNS where the relay listens: on the interface that it is reached at.
    private void startTalker(Viewers joining) throws LoadException {
        if (scenario.mdnsTalk().equals(MdnsTalk.NONE)) {
            return;
        }
        try {
            InetAddress relay = InetAddress.getByName(targets.http().getHost());
            talker = MdnsTalker.start(new MdnsScript(
                    scenario.mdnsTalk(), joining.localNames(), relay, MdnsScript.PORT, LoadMain.timeLimit(scenario)));
        } catch (IOException e) {
            throw new LoadException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
    }

    /// Begins a window of the scenario's length; returns a few milliseconds before its first frame is due. From then on
    /// viewers come and go as they should.
    void beginWindow() throws LoadException, InterruptedException {
        Viewers all = joined();
        checkAlive();
        if (moves != null) {
            throw new LoadException("a scenario of shape " + scenario.shape().word() + " has one window");
        }
        LoadWindow begun = LoadWindow.begin(streams, all, scenario, this::await);
        window = begun;
        if (scenario.shape().movesInWindow()) {
            moves = ViewerMoves.start(
                    all,
                    schedule.in(ViewerEvent.Stage.WINDOW),
                    begun.beginNs(),
                    scenario.timing().drain());
        }
    }

    /// Returns a few milliseconds before the first frame behind the window is due.
    void awaitWindowBoundary() throws LoadException, InterruptedException {
        openWindow().awaitBoundary();
    }

    /// Waits for the end of the window and the drain.
    LoadEvidence endWindow(Duration drain) throws LoadException, InterruptedException {
        LoadEvidence evidence = openWindow().end(drain, moves);
        window = null;
        return evidence;
    }

    /// Lets no further frame leave; viewers stay, with their reports and checks.
    void pause() throws LoadException {
        checkAlive();
        for (ClosedDrive drive : closedDrives()) {
            drive.pause();
        }
        isPaused = true;
    }

    /// Goes on where [#pause] stopped.
    void resume() throws LoadException {
        for (ClosedDrive drive : closedDrives()) {
            drive.resume();
        }
        isPaused = false;
        resumedNs = System.nanoTime();
        checkAlive();
    }

    /// Distinct RTP packets of the open window that viewers have got so far; sinks count with all that they ever got.
    long packetsDelivered() throws LoadException, InterruptedException {
        openWindow();
        Viewers all = joined();
        try {
            return all.packetsReceived() + all.packetsCounted();
        } catch (IOException e) {
            throw new LoadException("cannot read what the kernel counted: " + e.getMessage(), e);
        }
    }

    private List<ClosedDrive> closedDrives() throws LoadException {
        List<ClosedDrive> drives = new ArrayList<>();
        for (StreamLoad stream : streams) {
            if (!(stream.drive() instanceof ClosedDrive closed)) {
                throw new LoadException("only a closed drive can pause: the schedule of an open one goes on");
            }
            drives.add(closed);
        }
        return drives;
    }

    private LoadWindow openWindow() throws LoadException {
        LoadWindow open = window;
        if (open == null) {
            throw new LoadException("no window was begun");
        }
        return open;
    }

    private Viewers joined() throws LoadException {
        Viewers all = viewers;
        if (all == null) {
            throw new LoadException("no viewers have joined");
        }
        return all;
    }

    /// Waits until an instant, as long as media flows.
    private void await(long instantNs) throws LoadException, InterruptedException {
        while (true) {
            checkAlive();
            long restNs = instantNs - System.nanoTime();
            if (restNs <= 0) {
                return;
            }
            TimeUnit.NANOSECONDS.sleep(Math.min(restNs, 50_000_000));
        }
    }

    private void checkAlive() throws LoadException {
        checkPublishers();
        Viewers all = joined();
        String failure = all.failure();
        if (failure != null) {
            throw new LoadException(failure);
        }
        long nowNs = System.nanoTime();
        boolean hasLooked = nowNs - all.lastTurnNs() < SILENCE_NS / 2; // else the generator itself has no core
        boolean isAwaited = scenario.viewers().count() > 0 && !isPaused;
        long sinceNs = Math.max(all.lastMediaNs(), resumedNs == 0 ? Long.MIN_VALUE : resumedNs);
        if (isAwaited && hasLooked && nowNs - sinceNs > SILENCE_NS) {
            throw new LoadException("no frame reached any viewer for 2 s: the relay is dead or stuck");
        }
    }

    private void checkPublishers() throws LoadException {
        for (StreamLoad stream : streams) {
            String failure = stream.publisher().failure();
            if (failure != null) {
                throw new LoadException(failure);
            }
        }
    }

    /// Leaves the relay: viewers first.
    @Override
    public void close() {
        MdnsTalker speaking = talker;
        if (speaking != null) {
            speaking.close();
        }
        ViewerMoves moving = moves;
        if (moving != null) {
            moving.close();
        }
        Viewers all = viewers;
        if (all != null) {
            all.close();
        }
        streams.forEach(StreamLoad::close);
    }
}
