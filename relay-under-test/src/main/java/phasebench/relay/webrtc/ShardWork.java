package phasebench.relay.webrtc;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phasebench.relay.forward.TrackPlan;
import phasebench.relay.metrics.ThreadStarter;
import phasebench.relay.shard.ShardLoop;
import phasebench.relay.shard.ShardViewer;
import phasebench.relay.socket.WebrtcSocket;
import phasebench.relay.srtp.SrtpKeys;

/// A session that a shard works for: the one whose socket its viewer was first heard at.
final class ShardWork implements SessionWork {
    private static final long CONSENT_INTERVAL_NS = 1_000_000_000L;

    private final WebrtcSession session;
    private final ShardLoop first;
    private final ThreadStarter threads;
    private final AtomicReference<@Nullable ShardLoop> home = new AtomicReference<>();
    private volatile @Nullable Thread handshake;

    /// These two belong to the shard's thread.
    private @Nullable ReceivedReports reports;

    private @Nullable ShardViewer viewer;

    /// @param first looks after the session until its viewer is heard
    ShardWork(WebrtcSession session, ShardLoop first, ThreadStarter threads) {
        this.session = session;
        this.first = first;
        this.threads = threads;
    }

    void start() {
        handshake = threads.start("dtls handshake", this::shakeHands);
        first.execute(() -> first.repeat(CONSENT_INTERVAL_NS, () -> {
            session.expire(session.parts().nanoTime().getAsLong());
            return session.ending() == null;
        }));
    }

    /// The viewer has proved to be there; only the first shard that says so counts.
    void adopt(ShardLoop shard) {
        home.compareAndSet(null, shard);
    }

    @Override
    public void datagram(byte[] datagram, int length, InetSocketAddress from) {
        if (DatagramKind.of(datagram, length) == DatagramKind.DTLS) {
            session.dtls(datagram, length);
        } else if (shard().isCurrent()) {
            report(datagram, length);
        } else {
            // the viewer's path has changed, and with it the socket
            var copy = Arrays.copyOf(datagram, length);
            shard().execute(() -> report(copy, copy.length));
        }
    }

    @Override
    public WebrtcSocket socket() {
        return shard().socket();
    }

    @Override
    public void stop() {
        var running = handshake;
        if (running != null && !running.equals(Thread.currentThread())) {
            running.interrupt();
        }
        shard().execute(this::leave);
    }

    private ShardLoop shard() {
        var adopted = home.get();
        return adopted == null ? first : adopted;
    }

    private void shakeHands() {
        try {
            var keys = session.awaitKeys();
            if (keys != null) {
                shard().execute(() -> established(keys));
            }
        } catch (InterruptedException _) {
            // whoever closed the session has said why
        } finally {
            handshake = null;
        }
    }

    private void established(SrtpKeys keys) {
        if (session.ending() != null) {
            return;
        }
        var shard = shard();
        reports = session.reports(keys);
        var joined = new ShardViewer(
                shard,
                session.stream(),
                session.plan().tracks().stream().map(TrackPlan::track).collect(Collectors.toSet()),
                session.output(keys, shard.sender()),
                session.parts().reportInterval().toNanos(),
                () -> session.close(WebrtcSession.Ending.STREAM_ENDED));
        viewer = joined;
        shard.join(joined);
    }

    private void leave() {
        var leaving = viewer;
        if (leaving != null) {
            viewer = null;
            leaving.leave();
        }
        var open = reports;
        if (open != null) {
            reports = null;
            open.close();
        }
    }

    private void report(byte[] datagram, int length) {
        var open = reports;
        var sending = viewer;
        if (open != null && sending != null) {
            for (var packet : open.open(datagram, length)) {
                open.handle(packet, nack -> sending.output().nack(nack));
            }
        }
    }
}
