package phasebench.relay.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DatagramTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import phasebench.relay.srtp.SrtpKeys;

/// Chromium's ClientHello carries an ML-KEM key share of more than a kilobyte and comes in two
/// datagrams. Here a client with a tiny path MTU sends one in several, and loses the first of them
/// once.
@Timeout(30)
class FragmentedClientHelloTest {
    private static final DtlsIdentity SERVER = DtlsIdentity.generate();
    private static final DtlsIdentity CLIENT = DtlsIdentity.generate();

    @Test
    void theServerPutsItTogether() throws IOException {
        NarrowPath path = new NarrowPath();
        DtlsSession server = new DtlsSession(
                DtlsSession.Role.SERVER, SERVER, CLIENT.fingerprint(), DtlsPair.BOTH, path::toClient, () -> {});
        path.server = server;
        CompletableFuture<SrtpKeys> serverKeys = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return server.handshake();
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                },
                Thread::startVirtualThread);

        SrtpNegotiation negotiation = new SrtpNegotiation(Fingerprint.parse(SERVER.fingerprint()), DtlsPair.BOTH);
        new DTLSClientProtocol().connect(new DtlsClient(CLIENT, negotiation, new HandshakeTerms(8_000, 50)), path);

        assertThat(path.sentByClient.get()).isGreaterThan(6);
        assertThat(negotiation.keys().sendKey()).isEqualTo(serverKeys.join().receiveKey());
    }

    /// The client's end of a path that carries 100 bytes upwards.
    private static final class NarrowPath implements DatagramTransport {
        final AtomicInteger sentByClient = new AtomicInteger();
        private final DatagramQueue fromServer = new DatagramQueue(_ -> {}, null);
        private DtlsSession server = new DtlsSession(
                DtlsSession.Role.SERVER, SERVER, CLIENT.fingerprint(), DtlsPair.BOTH, _ -> {}, () -> {});

        void toClient(ByteBuffer datagram) {
            byte[] bytes = new byte[datagram.remaining()];
            datagram.get(bytes);
            assertThat(fromServer.offer(bytes, bytes.length)).isTrue();
        }

        @Override
        public void send(byte[] buffer, int offset, int length) {
            if (sentByClient.getAndIncrement() > 0) {
                byte[] bytes = Arrays.copyOfRange(buffer, offset, offset + length);
                server.incoming(bytes, length);
            }
        }

        @Override
        public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
            return fromServer.receive(buffer, offset, length, waitMillis);
        }

        @Override
        public int getReceiveLimit() {
            return fromServer.getReceiveLimit();
        }

        @Override
        public int getSendLimit() {
            return 100;
        }

        @Override
        public void close() {}
    }
}
