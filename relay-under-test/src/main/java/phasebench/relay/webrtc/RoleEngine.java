package phasebench.relay.webrtc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;
import phasebench.relay.metrics.ThreadStarter;
import phasebench.relay.socket.PacketSenders;
import phasebench.relay.socket.WebrtcSocket;

/// `threads: per-role` and `platform`: every session has a thread for each of its jobs, as Pion has a goroutine; one
/// more reads the socket that all share, and hands each datagram to its session.
public final class RoleEngine implements SessionEngine {
    private final WebrtcSocket socket;
    private final PacketSenders senders;
    private final ThreadStarter threads;
    private final RelayMetrics metrics;
    private @Nullable IceAgent ice;

    public RoleEngine(WebrtcSocket socket, PacketSenders senders, ThreadStarter threads, RelayMetrics metrics) {
        this.socket = socket;
        this.senders = senders;
        this.threads = threads;
        this.metrics = metrics;
    }

    @Override
    public InetSocketAddress address() {
        return socket.address();
    }

    @Override
    public ThreadStarter threads() {
        return threads;
    }

    @Override
    public int socketCount() {
        return 1;
    }

    @Override
    public void start(SessionTable sessions) {
        var agent = new IceAgent(sessions, metrics);
        ice = agent;
        socket.startReading((datagram, length, from) -> {
            var session = sessions.byAddress(from);
            if (session == null && DatagramKind.of(datagram, length) == DatagramKind.STUN) {
                session = agent.addressee(datagram, length);
            }
            if (session == null) {
                countUnknown(DatagramKind.of(datagram, length), metrics);
            } else {
                session.datagram(datagram, length, from);
            }
        });
    }

    @Override
    public SessionWork open(WebrtcSession session) {
        var agent = ice;
        if (agent == null) {
            throw new IllegalStateException("not started");
        }
        var roles = new SessionRoles(session, socket, agent, senders, threads);
        roles.start();
        return roles;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Counts a datagram that is of no session.
    static void countUnknown(DatagramKind kind, RelayMetrics metrics) {
        switch (kind) {
            case STUN -> {
                metrics.increment(RelayCounter.STUN_IN);
                metrics.increment(RelayCounter.DROP_BAD_STUN);
            }
            case DTLS -> {
                metrics.increment(RelayCounter.DTLS_IN);
                metrics.increment(RelayCounter.DROP_UNKNOWN_PEER);
            }
            case RTCP, RTP -> metrics.increment(RelayCounter.DROP_UNKNOWN_PEER);
            case OTHER -> metrics.increment(RelayCounter.DROP_NOT_WEBRTC);
        }
    }
}
