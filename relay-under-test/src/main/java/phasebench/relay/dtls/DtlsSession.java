package phasebench.relay.dtls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsTimeoutException;
import phasebench.relay.srtp.SrtpKeys;
import phasebench.relay.srtp.SrtpProfile;

/// DTLS 1.2 with one peer, from handshake to close_notify; it carries SRTP keys and no data.
///
/// One thread may wait in `handshake`; no other ever waits: after the handshake, records are processed
/// on the thread that brings them to `incoming`. All that the handshake needed is let go of with its end.
public final class DtlsSession implements AutoCloseable {
    /// Which side of the handshake we are (RFC 5763, section 5): `setup:passive` is the server.
    public enum Role {
        SERVER,
        CLIENT
    }

    private final Role role;
    private final int limitMs;
    private final Consumer<ByteBuffer> send;
    private final Runnable onCloseNotify;
    private final AtomicBoolean isStarted = new AtomicBoolean();

    /// Guards the state and what is in it. Nothing is sent, and nobody called back, while it is held.
    private final Object lock = new Object();

    private State state;

    private sealed interface State {
        /// From the beginning on: what comes is for Bouncy Castle.
        record Shaking(Handshake handshake) implements State {}

        /// Bouncy Castle and all it holds are gone.
        record Established(DtlsAssociation association) implements State {}

        record Closed() implements State {}

        State CLOSED = new Closed();
    }

    /// What only the handshake needs.
    private record Handshake(
            Role role, DtlsIdentity identity, SrtpNegotiation negotiation, DatagramQueue queue, HandshakeTerms terms) {
        void run() throws IOException {
            DTLSTransport _ = switch (role) {
                case SERVER -> new DTLSServerProtocol().accept(new DtlsServer(identity, negotiation, terms), queue);
                case CLIENT -> new DTLSClientProtocol().connect(new DtlsClient(identity, negotiation, terms), queue);
            };
        }
    }

    /// @param peerFingerprint `sha-256 AB:CD:...` from the peer's SDP
    /// @param preference profiles to agree on, best first; the server chooses by its own order
    /// @param send takes each outgoing datagram; the buffer is valid during the call only; must not
    ///     block
    /// @param onCloseNotify called at most once, when the peer ends the session after the handshake
    /// @throws IllegalArgumentException if the fingerprint is not SHA-256 or the preference is empty
    public DtlsSession(
            Role role,
            DtlsIdentity identity,
            String peerFingerprint,
            List<SrtpProfile> preference,
            Consumer<ByteBuffer> send,
            Runnable onCloseNotify) {
        this(role, identity, peerFingerprint, preference, send, onCloseNotify, HandshakeTerms.DEFAULT);
    }

    DtlsSession(
            Role role,
            DtlsIdentity identity,
            String peerFingerprint,
            List<SrtpProfile> preference,
            Consumer<ByteBuffer> send,
            Runnable onCloseNotify,
            HandshakeTerms terms) {
        if (preference.isEmpty()) {
            throw new IllegalArgumentException("preference names no SRTP profile");
        }
        var negotiation = new SrtpNegotiation(Fingerprint.parse(peerFingerprint), List.copyOf(preference));
        var queue = new DatagramQueue(send, role == Role.SERVER ? new CertificateVerifyGate() : null);
        this.role = role;
        this.limitMs = terms.limitMs();
        this.send = send;
        this.onCloseNotify = onCloseNotify;
        this.state = new State.Shaking(new Handshake(role, identity, negotiation, queue, terms));
    }

    /// Takes a datagram from the peer; from any thread, without waiting. Drops it if it is not DTLS or
    /// comes faster than the handshake can take it, as a network would.
    public void incoming(byte[] datagram, int length) {
        int wholeBytes = DtlsRecords.wholeBytes(datagram, length);
        if (wholeBytes > 0) {
            act(hear(datagram, wholeBytes));
        }
    }

    /// Shakes hands, once, and blocks for at most 10 s, counted from this call.
    ///
    /// @throws IOException if it fails, the peer's certificate is not the announced one, there is no
    ///     common SRTP profile, the time is up, or the session is closed; the message says which
    public SrtpKeys handshake() throws IOException {
        if (isStarted.getAndSet(true)) {
            throw new IllegalStateException("handshake called twice");
        }
        try {
            Handshake handshake = shaking();
            handshake.run();
            List<byte[]> left = establish(handshake);
            left.forEach(datagram -> act(hear(datagram, datagram.length)));
            return handshake.negotiation.keys();
        } catch (IOException e) {
            synchronized (lock) {
                state = State.CLOSED;
            }
            throw new IOException("DTLS handshake as " + role + " failed: " + reason(e), e);
        }
    }

    /// Sends a close_notify, or makes a handshake that is under way fail; the second call does nothing.
    @Override
    public void close() {
        State before;
        synchronized (lock) {
            before = state;
            state = State.CLOSED;
        }
        switch (before) {
            case State.Shaking(var handshake) -> handshake.queue.abort();
            case State.Established(var association) -> send.accept(ByteBuffer.wrap(association.closeNotify()));
            case State.Closed _ -> {}
        }
    }

    private Handshake shaking() throws IOException {
        synchronized (lock) {
            return switch (state) {
                case State.Shaking(var handshake) -> handshake;
                case State.Established _, State.Closed _ -> throw closedEarly();
            };
        }
    }

    /// Lets go of all that the handshake needed.
    ///
    /// @return datagrams that came too late for it
    private List<byte[]> establish(Handshake handshake) throws IOException {
        DtlsAssociation association = handshake.negotiation.association(role, handshake.queue.sent());
        boolean isClosed;
        synchronized (lock) {
            isClosed = state instanceof State.Closed;
            if (!isClosed) {
                state = new State.Established(association);
            }
        }
        if (isClosed) {
            send.accept(ByteBuffer.wrap(association.closeNotify()));
            throw closedEarly();
        }
        return handshake.queue.left();
    }

    private static IOException closedEarly() {
        return new IOException("the session was closed during the handshake");
    }

    /// What a datagram of whole records calls for.
    private DtlsAssociation.Heard hear(byte[] datagram, int length) {
        synchronized (lock) {
            return switch (state) {
                case State.Shaking(var handshake) -> {
                    boolean _ = handshake.queue.offer(datagram, length);
                    yield DtlsAssociation.Heard.NOTHING;
                }
                case State.Established(var association) -> {
                    var heard = association.hear(datagram, length);
                    if (heard.isEnd()) {
                        state = State.CLOSED;
                    }
                    yield heard;
                }
                case State.Closed _ -> DtlsAssociation.Heard.NOTHING;
            };
        }
    }

    private void act(DtlsAssociation.Heard heard) {
        heard.replies().forEach(datagram -> send.accept(ByteBuffer.wrap(datagram)));
        if (heard.isEnd()) {
            onCloseNotify.run();
        }
    }

    private String reason(IOException e) {
        return switch (e) {
            case TlsTimeoutException _ -> "no result within " + limitMs + " ms";
            case TlsFatalAlertReceived received -> "the peer refused with " + received.getMessage();
            default -> String.valueOf(e.getMessage());
        };
    }
}
