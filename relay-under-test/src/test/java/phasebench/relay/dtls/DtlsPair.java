package phasebench.relay.dtls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import phasebench.relay.srtp.SrtpKeys;
import phasebench.relay.srtp.SrtpProfile;

/// A server and a client that hand each other datagrams in memory, except those that a test loses.
final class DtlsPair {
    static final List<SrtpProfile> BOTH = List.of(SrtpProfile.values());

    private static final DtlsIdentity SERVER_IDENTITY = DtlsIdentity.generate();
    private static final DtlsIdentity CLIENT_IDENTITY = DtlsIdentity.generate();
    private static final Executor VIRTUAL_THREADS = Thread::startVirtualThread;

    final AtomicInteger closesSeenByServer = new AtomicInteger();
    final AtomicInteger closesSeenByClient = new AtomicInteger();
    private final AtomicInteger sentByServer = new AtomicInteger();
    private final AtomicInteger sentByClient = new AtomicInteger();
    private final List<byte[]> datagramsOfServer = new CopyOnWriteArrayList<>();
    private final List<byte[]> datagramsOfClient = new CopyOnWriteArrayList<>();
    private final Setup setup;
    private final DtlsSession server;
    private final DtlsSession client;

    DtlsPair(Setup setup) {
        this.setup = setup;
        this.server = new DtlsSession(
                DtlsSession.Role.SERVER,
                SERVER_IDENTITY,
                setup.clientFingerprint,
                setup.ofServer,
                this::toClient,
                closesSeenByServer::incrementAndGet,
                setup.terms);
        this.client = new DtlsSession(
                DtlsSession.Role.CLIENT,
                CLIENT_IDENTITY,
                setup.serverFingerprint,
                setup.ofClient,
                this::toServer,
                closesSeenByClient::incrementAndGet,
                setup.terms);
    }

    DtlsSession server() {
        return server;
    }

    DtlsSession client() {
        return client;
    }

    CompletableFuture<SrtpKeys> serverHandshake() {
        return start(server);
    }

    CompletableFuture<SrtpKeys> clientHandshake() {
        return start(client);
    }

    int sentByServer() {
        return sentByServer.get();
    }

    /// The lost ones too, in order.
    List<byte[]> datagramsOfServer() {
        return datagramsOfServer;
    }

    /// The lost ones too, in order.
    List<byte[]> datagramsOfClient() {
        return datagramsOfClient;
    }

    private void toClient(ByteBuffer datagram) {
        datagramsOfServer.add(bytes(datagram));
        if (!setup.isLostByServer.test(sentByServer.getAndIncrement())) {
            deliver(datagram, client);
        }
    }

    private void toServer(ByteBuffer datagram) {
        datagramsOfClient.add(bytes(datagram));
        if (!setup.isLostByClient.test(sentByClient.getAndIncrement())) {
            deliver(datagram, server);
        }
    }

    private static void deliver(ByteBuffer datagram, DtlsSession to) {
        byte[] bytes = bytes(datagram);
        to.incoming(bytes, bytes.length);
    }

    private static byte[] bytes(ByteBuffer datagram) {
        byte[] bytes = new byte[datagram.remaining()];
        datagram.duplicate().get(bytes);
        return bytes;
    }

    private static CompletableFuture<SrtpKeys> start(DtlsSession session) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return session.handshake();
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                },
                VIRTUAL_THREADS);
    }

    /// What a test varies.
    ///
    /// @param isLostByServer by the index of the datagram among those the server sends
    record Setup(
            String serverFingerprint,
            String clientFingerprint,
            List<SrtpProfile> ofServer,
            List<SrtpProfile> ofClient,
            IntPredicate isLostByServer,
            IntPredicate isLostByClient,
            HandshakeTerms terms) {
        static final Setup PLAIN = new Setup(
                SERVER_IDENTITY.fingerprint(),
                CLIENT_IDENTITY.fingerprint(),
                BOTH,
                BOTH,
                _ -> false,
                _ -> false,
                HandshakeTerms.DEFAULT);

        Setup withFingerprints(String server, String client) {
            return new Setup(server, client, ofServer, ofClient, isLostByServer, isLostByClient, terms);
        }

        Setup withProfiles(List<SrtpProfile> server, List<SrtpProfile> client) {
            return new Setup(
                    serverFingerprint, clientFingerprint, server, client, isLostByServer, isLostByClient, terms);
        }

        Setup withLoss(IntPredicate byServer, IntPredicate byClient) {
            return new Setup(serverFingerprint, clientFingerprint, ofServer, ofClient, byServer, byClient, terms);
        }

        Setup withTerms(HandshakeTerms changed) {
            return new Setup(
                    serverFingerprint, clientFingerprint, ofServer, ofClient, isLostByServer, isLostByClient, changed);
        }
    }
}
