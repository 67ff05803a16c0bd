package phasebench.relay.webrtc;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import phasebench.relay.forward.NackMode;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.stream.LiveStream;

/// All WebRTC sessions of a relay: opens them, finds them, and ends those that have gone silent. Any thread.
public final class WebrtcSessions implements AutoCloseable {
    private static final int CLOSE_WAIT_COUNT = 200;
    private static final long CLOSE_WAIT_NS = 10_000_000;
    private static final int SESSION_COUNT_MAX = 10_000;

    private final SecureRandom random = new SecureRandom();
    private final AtomicLong opened = new AtomicLong();
    private final SessionTable table = new SessionTable();
    private final SessionParts parts;
    private final SessionEngine engine;

    public WebrtcSessions(SessionParts parts, SessionEngine engine) {
        this.parts = parts;
        this.engine = engine;
        parts.metrics().gauge("relay_sessions", "WHEP sessions that live, connected or not yet", table::size);
        parts.metrics()
                .gauge("relay_session_addresses", "addresses from which sessions are heard", table::addressCount);
        parts.metrics()
                .gauge(
                        "relay_nack_ring_bytes",
                        "heap of one viewer's full ring of packet copies (nack: per-viewer), derived from its parts",
                        parts.forwarding()::nackRingBytes);
    }

    /// Starts to receive datagrams.
    public void start() {
        engine.start(table);
    }

    /// Where viewers send to.
    public InetSocketAddress address() {
        return engine.address();
    }

    /// Of the relay's certificate, `sha-256 AB:CD:...`.
    public String fingerprint() {
        return parts.identity().fingerprint();
    }

    /// Whether viewers may ask for lost video packets.
    public boolean answersNack() {
        return parts.forwarding().nack() != NackMode.OFF;
    }

    public boolean hasRoom() {
        return table.size() < SESSION_COUNT_MAX;
    }

    /// Opens a session and has it wait for its viewer.
    public WebrtcSession open(LiveStream stream, PeerPlan plan) {
        var session = new WebrtcSession(
                SessionId.random(opened.incrementAndGet(), random), stream, plan, parts, this::closed);
        table.add(session);
        parts.metrics().increment(RelayCounter.SESSIONS_OPENED);
        session.start(engine);
        return session;
    }

    /// @param id as `WebrtcSession.id`
    public @Nullable WebrtcSession find(String id) {
        return table.bySecret(id);
    }

    /// Returns when all sessions have said goodbye, at most 2 s later.
    @Override
    public void close() {
        table.all().forEach(session -> session.close(WebrtcSession.Ending.SHUTDOWN));
        // others may be closing them too, and are to finish before the socket is closed
        for (int i = 0; i < CLOSE_WAIT_COUNT && table.size() > 0; i++) {
            LockSupport.parkNanos(CLOSE_WAIT_NS);
        }
    }

    private void closed(WebrtcSession session) {
        table.remove(session);
        var ending = session.ending();
        if (ending == WebrtcSession.Ending.SILENT || ending == WebrtcSession.Ending.NO_HANDSHAKE) {
            parts.metrics().increment(RelayCounter.SESSIONS_EXPIRED);
        }
        var why = String.valueOf(ending).toLowerCase(Locale.ROOT).replace('_', ' ');
        System.err.println(session + " ended: " + why);
    }
}
