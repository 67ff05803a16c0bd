package phasebench.relay.webrtc;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phasebench.relay.dtls.DtlsSession;
import phasebench.relay.forward.TrackPlan;
import phasebench.relay.forward.ViewerEgress;
import phasebench.relay.forward.ViewerOutput;
import phasebench.relay.forward.ViewerWriter;
import phasebench.relay.metrics.CountedThreads;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.socket.Destination;
import phasebench.relay.srtp.SrtpKeys;
import phasebench.relay.srtp.SrtpProtector;
import phasebench.relay.srtp.SrtpUnprotector;
import phasebench.relay.stream.LiveStream;
import phasebench.relay.stream.Viewer;

/// One viewer from WHEP's POST to its end. Its thread shakes hands and then writes media; the socket's reader thread
/// brings what the viewer sends.
public final class WebrtcSession {
    private static final int ADDRESS_COUNT_MAX = 8;
    private static final long SILENCE_NS_MAX = 30_000_000_000L;
    private static final long HANDSHAKE_NS_MAX = 10_000_000_000L;

    /// Why a session ended.
    public enum Ending {
        DELETED,
        CLOSE_NOTIFY,
        STREAM_ENDED,
        HANDSHAKE_FAILED,
        NO_HANDSHAKE,
        SILENT,
        SHUTDOWN,
        FAILED
    }

    private final SessionId id;
    private final LiveStream stream;
    private final PeerPlan plan;
    private final SessionParts parts;
    private final Consumer<WebrtcSession> onClosed;
    private final DtlsSession dtls;
    private final long createdNs;
    private final CountDownLatch hasPath = new CountDownLatch(1);
    private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
    private volatile @Nullable Destination remote;
    private volatile @Nullable ReceivedReports received;
    private volatile @Nullable Thread thread;
    private volatile long lastStunNs;

    /// Guarded by itself.
    private final Deque<InetSocketAddress> addresses = new ArrayDeque<>();

    WebrtcSession(
            SessionId id, LiveStream stream, PeerPlan plan, SessionParts parts, Consumer<WebrtcSession> onClosed) {
        this.id = id;
        this.stream = stream;
        this.plan = plan;
        this.parts = parts;
        this.onClosed = onClosed;
        this.createdNs = parts.nanoTime().getAsLong();
        this.lastStunNs = createdNs;
        this.dtls = new DtlsSession(
                plan.role(),
                parts.identity(),
                plan.fingerprint(),
                parts.srtpPreference(),
                this::sendDtls,
                () -> close(Ending.CLOSE_NOTIFY));
    }

    /// Unguessable; whoever knows it may end the session.
    public String id() {
        return id.secret();
    }

    public IceCredentials credentials() {
        return id.credentials();
    }

    /// Null while it lives.
    public @Nullable Ending ending() {
        return ending.get();
    }

    void start(CountedThreads threads) {
        thread = threads.start("viewer writer", this::run);
        if (ending.get() != null) {
            interrupt();
        }
    }

    /// Takes an authenticated STUN request: the viewer lives, and is at this address.
    void stun(InetSocketAddress from, boolean isNominated) {
        lastStunNs = parts.nanoTime().getAsLong();
        if (remote == null || isNominated) {
            remote = Destination.of(from);
            hasPath.countDown();
        }
    }

    /// Notes an address at which the viewer was heard.
    ///
    /// @return the oldest one, when there are too many
    Optional<InetSocketAddress> rememberAddress(InetSocketAddress address) {
        synchronized (addresses) {
            addresses.addLast(address);
            return addresses.size() > ADDRESS_COUNT_MAX ? Optional.of(addresses.removeFirst()) : Optional.empty();
        }
    }

    List<InetSocketAddress> addresses() {
        synchronized (addresses) {
            return List.copyOf(addresses);
        }
    }

    void dtls(byte[] datagram, int length) {
        dtls.incoming(datagram, length);
    }

    /// Called on the reader thread only.
    void srtcp(byte[] datagram, int length) {
        var reports = received;
        if (reports != null) {
            reports.srtcp(datagram, length);
        }
    }

    /// Ends the session if nothing has been heard for too long.
    void expire(long nowNs) {
        if (nowNs - lastStunNs > SILENCE_NS_MAX) {
            close(Ending.SILENT);
        } else if (received == null && nowNs - createdNs > HANDSHAKE_NS_MAX) {
            close(Ending.NO_HANDSHAKE);
        }
    }

    /// Ends the session; only the first call does anything.
    public void close(Ending why) {
        if (ending.compareAndSet(null, why)) {
            dtls.close();
            onClosed.accept(this);
            interrupt();
        }
    }

    private void interrupt() {
        var running = thread;
        if (running != null && !running.equals(Thread.currentThread())) {
            running.interrupt();
        }
    }

    private void run() {
        var why = Ending.FAILED;
        try {
            hasPath.await();
            var keys = dtls.handshake();
            established(keys);
            var protector =
                    SrtpProtector.of(keys, parts.provider(), parts.forwarding().buffers());
            var egress = new ViewerEgress(
                    keys.profile(),
                    protector,
                    parts.forwarding().buffers(),
                    parts.senders().forViewer(),
                    datagram -> parts.socket().sendNow(datagram, currentRemote().address()),
                    this::currentRemote);
            var output = new ViewerOutput(stream, plan.tracks(), parts.forwarding(), egress);
            var tracks = plan.tracks().stream().map(TrackPlan::track).collect(Collectors.toSet());
            var viewer = new Viewer(tracks, parts.metrics());
            new ViewerWriter(stream, viewer, output, track -> reports(viewer, track), parts.nanoTime()).run();
            why = Ending.STREAM_ENDED;
        } catch (IOException e) {
            why = Ending.HANDSHAKE_FAILED;
            if (ending.get() == null) {
                System.err.println(this + ": " + e.getMessage());
            }
        } catch (InterruptedException _) {
            // whoever closed the session has said why
        } finally {
            close(why);
        }
    }

    private void reports(Viewer viewer, int track) {
        var timers = parts.timers();
        timers.start(() -> viewer.reportDue(track));
    }

    private void established(SrtpKeys keys) {
        var metrics = parts.metrics();
        metrics.increment(
                switch (keys.profile()) {
                    case AES_CM_128_HMAC_SHA1_80 -> RelayCounter.SRTP_CM_SESSIONS;
                    case AEAD_AES_128_GCM -> RelayCounter.SRTP_GCM_SESSIONS;
                });
        if (keys.profile() != parts.srtpPreference().getFirst()) {
            metrics.increment(RelayCounter.SRTP_FALLBACKS);
        }
        received = new ReceivedReports(SrtpUnprotector.of(keys, parts.provider()), metrics);
    }

    private Destination currentRemote() {
        var current = remote;
        if (current == null) {
            throw new IllegalStateException("media before a path");
        }
        return current;
    }

    private void sendDtls(ByteBuffer datagram) {
        var to = remote;
        if (to != null && parts.socket().sendNow(datagram, to.address())) {
            parts.metrics().increment(RelayCounter.DTLS_OUT);
        }
    }

    /// For the log; tells no secret.
    @Override
    public String toString() {
        return "viewer " + id.number() + " of " + stream.path();
    }
}
