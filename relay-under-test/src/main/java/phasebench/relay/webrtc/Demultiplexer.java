package phasebench.relay.webrtc;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import phasebench.relay.ice.StunRequest;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;
import phasebench.relay.rtp.Rtcp;
import phasebench.relay.socket.DatagramHandler;
import phasebench.relay.socket.WebrtcSocket;

/// Tells what came on the shared UDP port by its first byte (RFC 7983, section 7) and gives it to its session; answers
/// STUN at once. Owned by the socket's reader thread.
final class Demultiplexer implements DatagramHandler {
    private final SessionTable sessions;
    private final WebrtcSocket socket;
    private final RelayMetrics metrics;

    Demultiplexer(SessionTable sessions, WebrtcSocket socket, RelayMetrics metrics) {
        this.sessions = sessions;
        this.socket = socket;
        this.metrics = metrics;
    }

    @Override
    public void datagram(byte[] datagram, int length, InetSocketAddress from) {
        int first = length == 0 ? -1 : datagram[0] & 0xff;
        if (first >= 0 && first <= 3) {
            stun(datagram, length, from);
        } else if (first >= 20 && first <= 63) {
            dtls(datagram, length, from);
        } else if (first >= 128 && first <= 191) {
            media(datagram, length, from);
        } else {
            metrics.increment(RelayCounter.DROP_NOT_WEBRTC);
        }
    }

    /// Only who knows the session's password is answered; silence to all others gives nothing away, and no peer
    /// learns that a session is over but by it.
    private void stun(byte[] datagram, int length, InetSocketAddress from) {
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
            sessions.learn(from, session);
            session.stun(from, request.useCandidate());
            answer(request.success(from, password), from);
        } else {
            metrics.increment(RelayCounter.DROP_BAD_STUN);
            if (!error.isBeforeAuthentication()) {
                answer(request.error(error, password), from);
            }
        }
    }

    private void answer(byte[] response, InetSocketAddress to) {
        if (socket.sendNow(ByteBuffer.wrap(response), to)) {
            metrics.increment(RelayCounter.STUN_OUT);
        }
    }

    private void dtls(byte[] datagram, int length, InetSocketAddress from) {
        metrics.increment(RelayCounter.DTLS_IN);
        var session = sessions.byAddress(from);
        if (session == null) {
            metrics.increment(RelayCounter.DROP_UNKNOWN_PEER);
        } else {
            session.dtls(datagram, length);
        }
    }

    private void media(byte[] datagram, int length, InetSocketAddress from) {
        var session = sessions.byAddress(from);
        if (session == null) {
            metrics.increment(RelayCounter.DROP_UNKNOWN_PEER);
        } else if (Rtcp.isRtcp(datagram, length)) {
            session.srtcp(datagram, length);
        } else {
            metrics.increment(RelayCounter.DROP_UNWANTED_RTP);
        }
    }
}
