package phasebench.harness.load;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.audit.StreamView;
import phasebench.harness.load.mdns.MdnsScript;
import phasebench.harness.load.mdns.MdnsTalker;
import phasebench.harness.load.media.ClosedDrive;
import phasebench.harness.load.viewer.ViewerBehaviour;
import phasebench.harness.load.viewer.Viewers;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.scenarios.MdnsTalk;
import phasebench.scenarios.Scenario;

/// One scenario offered to one relay: what [LoadMain] does at the handle's command, stage by stage.
final class LoadRun implements AutoCloseable {
    /// A relay that forwards nothing for so long is dead. Longer than the stall of two seconds that a trial must
    /// survive and show as latency.
    private static final long SILENCE_NS = 2_500_000_000L;

    private static final long FIRST_DUE_NS = 50_000_000;

    private final Scenario scenario;
    private final LoadTargets targets;
    private final long seed;
    private final ViewerBehaviour behaviour;
    private final List<StreamLoad> streams = new ArrayList<>();
    private @Nullable Viewers viewers;
    private @Nullable LoadWindow window;
    private @Nullable MdnsTalker talker;

    /// Viewers take all media and ask for nothing again.
    LoadRun(Scenario scenario, LoadTargets targets, long seed) {
        this(scenario, targets, seed, ViewerBehaviour.NONE);
    }

    LoadRun(Scenario scenario, LoadTargets targets, long seed, ViewerBehaviour behaviour) {
        this.scenario = scenario;
        this.targets = targets;
        this.seed = seed;
        this.behaviour = behaviour;
    }

    /// Publishes all streams; their frames are due in turn within a frame period.
    void publish() throws LoadException {
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

    /// Lets the viewers join; returns when each receives frames.
    void ramp() throws LoadException, InterruptedException {
        List<StreamView> views = streams.stream().map(StreamLoad::view).toList();
        Viewers joining = new Viewers(views, scenario.viewers(), behaviour, seed);
        viewers = joining;
        startTalker(joining);
        try {
            joining.join(scenario.timing().ramp());
        } catch (IOException e) {
            checkPublishers();
            throw new LoadException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
        for (int i = 0; i < streams.size(); i++) {
            if (streams.get(i).drive() instanceof ClosedDrive closed) {
                if (joining.watching(i) == 0) {
                    throw new LoadException("stream " + streams.get(i).view().name() + " has no viewer that takes its"
                            + " media, and a closed drive goes by what viewers get");
                }
                closed.close(joining.watching(i));
            }
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
                    scenario.mdnsTalk(),
                    joining.localNames(),
                    relay,
                    MdnsScript.PORT,
                    LoadMain.timeLimit(scenario.timing())));
        } catch (IOException e) {
            throw new LoadException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
    }

    /// Begins a window of the scenario's length; returns a few milliseconds before its first frame is due.
    void beginWindow() throws LoadException, InterruptedException {
        Viewers all = joined();
        checkAlive();
        window = LoadWindow.begin(streams, all, scenario, this::await);
    }

    /// Returns a few milliseconds before the first frame behind the window is due.
    void awaitWindowBoundary() throws LoadException, InterruptedException {
        openWindow().awaitBoundary();
    }

    /// Waits for the end of the window and the drain.
    LoadEvidence endWindow(Duration drain) throws LoadException, InterruptedException {
        LoadEvidence evidence = openWindow().end(drain);
        window = null;
        return evidence;
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
        if (System.nanoTime() - all.lastMediaNs() > SILENCE_NS) {
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
        Viewers all = viewers;
        if (all != null) {
            all.close();
        }
        streams.forEach(StreamLoad::close);
    }
}
