package phasebench.relay.webrtc;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import phasebench.relay.ice.StunRequest;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;
import phasebench.relay.socket.WebrtcSocket;

/// Answers STUN as an ICE-lite agent (RFC 8445, section 2.5). Keeps nothing; any thread.
///
/// Only who knows the session's password is answered; silence to all others gives nothing away, and no peer learns
/// that a session is over but by it.
final class IceAgent {
    private final SessionTable sessions;
    private final RelayMetrics metrics;

    IceAgent(SessionTable sessions, RelayMetrics metrics) {
        this.sessions = sessions;
        this.metrics = metrics;
    }

    /// The session that a STUN request names; null for none. It proves nothing yet.
    @Nullable
    WebrtcSession addressee(byte[] datagram, int length) {
        var request = StunRequest.parse(datagram, length);
        return request == null ? null : sessions.byUfrag(request.localUfrag());
    }

    /// Answers a request, by the socket it came on, and lets its session know.
    ///
    /// @param adopter told of the session before anything is sent to its viewer
    void stun(byte[] datagram, int length, InetSocketAddress from, WebrtcSocket socket, Adopter adopter) {
        metrics.increment(RelayCounter.STUN_IN);
        var request = StunRequest.parse(datagram, length);
        var session = request == null ? null : sessions.byUfrag(request.localUfrag());
        if (request == null || session == null) {
            metrics.increment(RelayCounter.DROP_BAD_STUN);
            return;
        }
        var password = session.credentials().password();
        var error = request.check(password);
        if (error == null) {
            adopter.adopt(session);
            sessions.learn(from, session);
            session.stun(from, request.useCandidate());
            answer(request.success(from, password), from, socket);
        } else {
            metrics.increment(RelayCounter.DROP_BAD_STUN);
            if (!error.isBeforeAuthentication()) {
                answer(request.error(error, password), from, socket);
            }
        }
    }

    /// Hears of each session whose viewer has proved to be there.
    interface Adopter {
        void adopt(WebrtcSession session);
    }

    private void answer(byte[] response, InetSocketAddress to, WebrtcSocket socket) {
        if (socket.sendNow(ByteBuffer.wrap(response), to)) {
            metrics.increment(RelayCounter.STUN_OUT);
        }
    }
}
