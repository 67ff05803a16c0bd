package phasebench.relay.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsTimeoutException;
import org.jspecify.annotations.Nullable;
import phasebench.relay.srtp.SrtpKeys;
import phasebench.relay.srtp.SrtpProfile;

/// DTLS 1.2 with one peer, from handshake to close_notify; it carries SRTP keys and no data.
///
/// One thread may wait in `handshake`; no other ever waits: after the handshake, records are processed
/// on the thread that brings them to `incoming`.
public final class DtlsSession implements AutoCloseable {
    /// Which side of the handshake we are (RFC 5763, section 5): `setup:passive` is the server.
    public enum Role {
        SERVER,
        CLIENT
    }

    private final Role role;
    private final DtlsIdentity identity;
    private final SrtpNegotiation negotiation;
    private final DatagramQueue queue;
    private final Runnable onCloseNotify;
    private final HandshakeTerms terms;
    private final AtomicBoolean isStarted = new AtomicBoolean();

    /// Calls of `incoming` that wait to be noticed by the thread that processes records, itself
    /// included.
    private final AtomicInteger arrivals = new AtomicInteger();

    /// Guards the two fields below and every use of the transport after the handshake.
    private final Object lock = new Object();

    private volatile @Nullable DTLSTransport transport;
    private volatile boolean isClosed;

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
        this.role = role;
        this.identity = identity;
        this.negotiation = new SrtpNegotiation(Fingerprint.parse(peerFingerprint), List.copyOf(preference));
        this.queue = new DatagramQueue(send, role == Role.SERVER ? new CertificateVerifyGate() : null);
        this.onCloseNotify = onCloseNotify;
        this.terms = terms;
    }

    /// Takes a datagram from the peer; from any thread, without waiting. Drops it if it is not DTLS or
    /// comes faster than the handshake can take it, as a network would.
    public void incoming(byte[] datagram, int length) {
        int wholeBytes = DtlsRecords.wholeBytes(datagram, length);
        if (wholeBytes > 0 && !isClosed && queue.offer(datagram, wholeBytes) && transport != null) {
            processRecords();
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
            DTLSTransport established = switch (role) {
                case SERVER -> new DTLSServerProtocol().accept(new DtlsServer(identity, negotiation, terms), queue);
                case CLIENT -> new DTLSClientProtocol().connect(new DtlsClient(identity, negotiation, terms), queue);
            };
            queue.handshakeEnded();
            synchronized (lock) {
                if (isClosed) {
                    established.close();
                    throw new IOException("the session was closed during the handshake");
                }
                transport = established;
            }
        } catch (IOException e) {
            isClosed = true;
            throw new IOException("DTLS handshake as " + role + " failed: " + reason(e), e);
        }
        processRecords();
        return negotiation.keys();
    }

    /// Sends a close_notify, or makes a handshake that is under way fail; the second call does nothing.
    @Override
    public void close() {
        synchronized (lock) {
            if (isClosed) {
                return;
            }
            isClosed = true;
            queue.abort();
            closeTransport();
        }
    }

    private void closeTransport() {
        DTLSTransport established = transport;
        if (established != null) {
            try {
                established.close();
            } catch (IOException _) {
                // The peer learns it from our silence then.
            }
        }
    }

    /// Processes all there is, on one thread at a time; a thread that comes meanwhile leaves its
    /// datagram to the first one.
    private void processRecords() {
        if (arrivals.getAndIncrement() > 0) {
            return;
        }
        do {
            arrivals.set(1);
            if (isEndedByQueue()) {
                onCloseNotify.run();
            }
        } while (!arrivals.compareAndSet(1, 0));
    }

    /// Empties the queue; true if the peer ended the session just now. The callback is left to the
    /// caller, outside the lock.
    private boolean isEndedByQueue() {
        synchronized (lock) {
            DTLSTransport established = transport;
            if (established == null || isClosed) {
                return false;
            }
            byte[] data = new byte[queue.getReceiveLimit()];
            try {
                while (!negotiation.isPeerGone()) {
                    int _ = established.receive(data, 0, data.length, 1);
                }
            } catch (InterruptedIOException _) {
                // Nothing is left, neither in the queue nor of the last datagram.
            } catch (IOException _) {
                isClosed = true;
                return true;
            }
            isClosed = negotiation.isPeerGone();
            return isClosed;
        }
    }

    private String reason(IOException e) {
        return switch (e) {
            case TlsTimeoutException _ -> "no result within " + terms.limitMs() + " ms";
            case TlsFatalAlertReceived received -> "the peer refused with " + received.getMessage();
            default -> String.valueOf(e.getMessage());
        };
    }
}
