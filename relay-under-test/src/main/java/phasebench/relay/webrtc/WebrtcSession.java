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
import org.jspecify.annotations.Nullable;
import phasebench.relay.dtls.DtlsSession;
import phasebench.relay.forward.ViewerEgress;
import phasebench.relay.forward.ViewerOutput;
import phasebench.relay.mdns.MdnsAgent;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.socket.Destination;
import phasebench.relay.socket.PacketSender;
import phasebench.relay.srtp.SrtpKeys;
import phasebench.relay.srtp.SrtpProfile;
import phasebench.relay.srtp.SrtpProtector;
import phasebench.relay.srtp.SrtpUnprotector;
import phasebench.relay.stream.LiveStream;

/// One viewer from WHEP's POST to its end: what is known of it, and how it ends. Who does its work is the `threads`
/// setting.
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
    private volatile @Nullable SessionWork work;
    private volatile @Nullable MdnsAgent resolver;
    private volatile boolean isEstablished;
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
                parts.srtp().preference(),
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

    PeerPlan plan() {
        return plan;
    }

    SessionParts parts() {
        return parts;
    }

    LiveStream stream() {
        return stream;
    }

    /// Whether its handshake is over and has given keys.
    boolean isEstablished() {
        return isEstablished;
    }

    /// Has the work done, until the session ends.
    void start(SessionEngine engine) {
        var mdns = parts.mdns();
        if (mdns != null) {
            resolver = mdns.open(plan.localNames(), engine.threads());
        }
        work = engine.open(this);
        if (ending.get() != null) {
            stopWork();
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

    /// Null until the session has been started.
    @Nullable
    SessionWork work() {
        return work;
    }

    /// Takes a datagram of any kind from one of the session's addresses.
    void datagram(byte[] datagram, int length, InetSocketAddress from) {
        var started = work;
        if (started != null) {
            started.datagram(datagram, length, from);
        }
    }

    void dtls(byte[] datagram, int length) {
        parts.metrics().increment(RelayCounter.DTLS_IN);
        dtls.incoming(datagram, length);
    }

    /// Ends the session if nothing has been heard for too long.
    void expire(long nowNs) {
        if (nowNs - lastStunNs > SILENCE_NS_MAX) {
            close(Ending.SILENT);
        } else if (!isEstablished && nowNs - createdNs > HANDSHAKE_NS_MAX) {
            close(Ending.NO_HANDSHAKE);
        }
    }

    /// Ends the session; only the first call does anything.
    public void close(Ending why) {
        if (ending.compareAndSet(null, why)) {
            dtls.close();
            onClosed.accept(this);
            stopWork();
        }
    }

    /// Twice does no harm.
    private void stopWork() {
        var started = work;
        if (started != null) {
            started.stop();
        }
        var resolving = resolver;
        if (resolving != null) {
            resolving.close();
        }
    }

    /// Waits for the viewer's first STUN request and shakes hands with it; blocks for some round trips, or until the
    /// session is closed.
    ///
    /// @return null if there will be no keys; then the session has ended
    @Nullable
    SrtpKeys awaitKeys() throws InterruptedException {
        hasPath.await();
        try {
            var keys = dtls.handshake();
            count(keys.profile());
            isEstablished = true;
            return keys;
        } catch (IOException e) {
            if (ending.get() == null) {
                System.err.println(this + ": " + e.getMessage());
            }
            close(Ending.HANDSHAKE_FAILED);
            return null;
        }
    }

    private void count(SrtpProfile profile) {
        var metrics = parts.metrics();
        metrics.increment(
                switch (profile) {
                    case AES_CM_128_HMAC_SHA1_80 -> RelayCounter.SRTP_CM_SESSIONS;
                    case AEAD_AES_128_GCM -> RelayCounter.SRTP_GCM_SESSIONS;
                });
        if (profile != parts.srtp().preference().getFirst()) {
            metrics.increment(RelayCounter.SRTP_FALLBACKS);
        }
    }

    /// Makes what is sent to the viewer.
    ///
    /// @param sender of the thread that owns the output
    ViewerOutput output(SrtpKeys keys, PacketSender sender) {
        var forwarding = parts.forwarding();
        var egress = new ViewerEgress(
                keys.profile(),
                SrtpProtector.of(keys, parts.srtp().provider(), forwarding.buffers()),
                forwarding.buffers(),
                sender,
                this::sendNow,
                this::currentRemote);
        return new ViewerOutput(stream, plan.tracks(), forwarding, egress);
    }

    ReceivedReports reports(SrtpKeys keys) {
        return new ReceivedReports(SrtpUnprotector.of(keys, parts.srtp().provider()), parts.metrics());
    }

    private boolean sendNow(ByteBuffer datagram) {
        var started = work;
        return started != null
                && started.socket().sendNow(datagram, currentRemote().address());
    }

    private Destination currentRemote() {
        var current = remote;
        if (current == null) {
            throw new IllegalStateException("media before a path");
        }
        return current;
    }

    private void sendDtls(ByteBuffer datagram) {
        if (remote != null && sendNow(datagram)) {
            parts.metrics().increment(RelayCounter.DTLS_OUT);
        }
    }

    /// For the log; tells no secret.
    @Override
    public String toString() {
        return "viewer " + id.number() + " of " + stream.path();
    }
}
