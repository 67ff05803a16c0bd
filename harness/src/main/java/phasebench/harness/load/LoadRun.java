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
import phasebench.scenarios.Drive;
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
    private final LoadPart part;
    private final ViewerSchedule schedule;
    private final List<StreamLoad> streams = new ArrayList<>();
    private @Nullable Viewers viewers;
    private @Nullable LoadWindow window;
    private @Nullable MdnsTalker talker;
    private @Nullable ViewerMoves moves;
    private int step;
    private boolean isPaused;

    /// From when on media is awaited (System.nanoTime): before, nobody was there or the drive was paused.
    private long awaitedNs = System.nanoTime();

    /// All of a scenario's load.
    LoadRun(Scenario scenario, LoadTargets targets, long seed) {
        this(scenario, targets, seed, LoadPart.WHOLE);
    }

    LoadRun(Scenario scenario, LoadTargets targets, long seed, LoadPart part) {
        this.scenario = scenario;
        this.targets = targets;
        this.seed = seed;
        this.part = part;
        this.schedule = ViewerSchedule.of(scenario, seed);
    }

    /// Publishes all streams; their frames are due in turn within a frame period.
    ///
    /// @return what other generators of the same load are to go by
    LoadClock publish() throws LoadException {
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
            long phaseNs = announced.get(i).videoGrid().periodNs() / announced.size() * i;
            streams.add(announced.get(i).start(scenario.drive(), firstDueNs + phaseNs, targets));
        }
        return LoadClock.here(streams.stream().map(StreamLoad::firstDueNs).toList());
    }

    /// Takes part in a load whose streams another generator publishes.
    ///
    /// @throws LoadException if this process does not share that one's clock
    void follow(LoadClock clock) throws LoadException {
        requireCarriedOut();
        clock.requireCommon();
        try {
            for (int i = 0; i < scenario.streams().size(); i++) {
                long firstDueNs = clock.firstDueNs().get(i);
                streams.add(StreamLoad.followed(scenario.streams().get(i), i, targets, seed, firstDueNs));
            }
        } catch (IOException e) {
            throw new LoadException("cannot read what is published: " + e.getMessage(), e);
        }
    }

    /// A closed drive's next frame waits for the viewers of its own process alone.
    private void requireCarriedOut() throws LoadException {
        if (part.of() > 1 && scenario.drive() instanceof Drive.Closed) {
            throw new LoadException("a closed drive goes by the viewers of one generator, and scenario "
                    + scenario.name() + " asks for " + part.of());
        }
    }

    private boolean isCarried(int viewer) {
        return part.carries(
                viewer, scenario.viewers().count(), scenario.streams().size());
    }

    private List<ViewerEvent> carried(List<ViewerEvent> events) {
        return events.stream().filter(event -> isCarried(event.viewer())).toList();
    }

    /// Lets the viewers join; returns when each receives frames.
    void ramp() throws LoadException, InterruptedException {
        List<StreamView> views = streams.stream().map(StreamLoad::view).toList();
        Viewers joining = new Viewers(views, scenario.viewers(), seed, startProxy(), this::isCarried);
        viewers = joining;
        if (part.isPublishing()) {
            startTalker(joining);
        }
        try {
            joining.join(carried(schedule.in(ViewerEvent.Stage.RAMP)));
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
            all.join(carried(ViewerSchedule.ofStep(scenario, climb, ++step)));
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
        WindowPlan.agree(0, this::planWindow, this::armWindow);
        openWindow();
    }

    /// Names the frames of a window that is about to begin.
    ///
    /// @param attempt from 0 on; each leaves twice as much time until the window's first frame
    WindowPlan planWindow(int attempt) throws LoadException {
        checkAlive();
        return LoadWindow.plan(streams, scenario, attempt);
    }

    /// Counts by a plan from now on; returns whether its first frames have not left yet.
    boolean armWindow(WindowPlan plan) throws LoadException, InterruptedException {
        Viewers all = joined();
        checkAlive();
        if (moves != null) {
            throw new LoadException("a scenario of shape " + scenario.shape().word() + " has one window");
        }
        LoadWindow armed = LoadWindow.arm(streams, all, scenario, plan, this::await);
        window = armed;
        return armed.isInTime();
    }

    /// Returns a few milliseconds before the first frame of the armed window is due.
    void openWindow() throws LoadException, InterruptedException {
        LoadWindow begun = window();
        begun.begin();
        if (scenario.shape().movesInWindow()) {
            moves = ViewerMoves.start(
                    joined(),
                    carried(schedule.in(ViewerEvent.Stage.WINDOW)),
                    begun.beginNs(),
                    scenario.timing().drain());
        }
    }

    /// Returns a few milliseconds before the first frame behind the window is due.
    void awaitWindowBoundary() throws LoadException, InterruptedException {
        window().awaitBoundary();
    }

    /// Waits for the end of the window and the drain, and says what came of all the load.
    LoadEvidence endWindow(Duration drain) throws LoadException, InterruptedException {
        return SharedWindow.evidence(List.of(endShare(drain)));
    }

    /// Waits for the end of the window and the drain, and says what this part of the load counted.
    WindowShare endShare(Duration drain) throws LoadException, InterruptedException {
        WindowShare share = window().end(drain, moves);
        window = null;
        return share;
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
        awaitedNs = System.nanoTime();
        checkAlive();
    }

    /// Distinct RTP packets of the open window that viewers have got so far; sinks count with all that they ever got.
    long packetsDelivered() throws LoadException, InterruptedException {
        window();
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

    private LoadWindow window() throws LoadException {
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
        boolean isAwaited = all.count() > 0 && !isPaused;
        if (!isAwaited) {
            awaitedNs = nowNs;
        }
        long sinceNs = Math.max(all.lastMediaNs(), awaitedNs);
        if (isAwaited && hasLooked && nowNs - sinceNs > SILENCE_NS) {
            throw new LoadException("no frame reached any viewer for 2 s: the relay is dead or stuck");
        }
    }

    private void checkPublishers() throws LoadException {
        for (StreamLoad stream : streams) {
            String failure = stream.failure();
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
