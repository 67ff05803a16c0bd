package phasebench.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phasebench.relay.dtls.DtlsIdentity;
import phasebench.relay.dtls.DtlsSession;
import phasebench.relay.rtp.Rtcp;
import phasebench.relay.rtp.RtcpPacket;
import phasebench.relay.srtp.Srtp;
import phasebench.relay.srtp.SrtpKeys;
import phasebench.relay.srtp.SrtpProtector;

/// A WHEP viewer for tests: posts an offer, sends STUN, shakes hands, and keeps what it receives.
final class TestViewer implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final DtlsIdentity IDENTITY = DtlsIdentity.generate();

    private final URI resource;
    private final String answer;
    private volatile DatagramSocket socket;
    private final InetSocketAddress relay;
    private final DtlsSession dtls;
    private final ReceivedMedia received;
    private final CompletableFuture<SrtpKeys> keys = new CompletableFuture<>();
    private final CompletableFuture<Boolean> closedByRelay = new CompletableFuture<>();
    private @Nullable SrtpProtector protector;
    private volatile boolean isDeaf;
    private final AtomicLong stunAnswers = new AtomicLong();

    static HttpResponse<String> post(URI endpoint, String contentType, String body) {
        return send(HttpRequest.newBuilder(endpoint)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Posts the offer and begins to connect.
    static TestViewer join(URI endpoint, TestOffer offer) {
        return new TestViewer(endpoint, offer, UnaryOperator.identity());
    }

    /// Posts the offer and returns when DTLS is done.
    static TestViewer play(URI endpoint, TestOffer offer) {
        return play(endpoint, offer, UnaryOperator.identity());
    }

    /// The same over a path of the test's.
    ///
    /// @param path from the address in the relay's answer to the one that is sent to
    static TestViewer play(URI endpoint, TestOffer offer, UnaryOperator<InetSocketAddress> path) {
        var viewer = new TestViewer(endpoint, offer, path);
        viewer.connect();
        viewer.keys();
        return viewer;
    }

    private TestViewer(URI endpoint, TestOffer offer, UnaryOperator<InetSocketAddress> path) {
        var response = post(endpoint, "application/sdp", offer.sdp(IDENTITY.fingerprint()));
        if (response.statusCode() != 201) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
        answer = response.body();
        resource = endpoint.resolve(response.headers().firstValue("Location").orElseThrow());
        relay = path.apply(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), Integer.parseInt(attribute("candidate:1 1 udp \\d+ \\S+ (\\d+)"))));
        socket = open();
        received = new ReceivedMedia(answer);
        var role = attribute("setup:(\\w+)").equals("passive") ? DtlsSession.Role.CLIENT : DtlsSession.Role.SERVER;
        dtls = new DtlsSession(
                role,
                IDENTITY,
                attribute("fingerprint:(.+)"),
                offer.profiles(),
                this::send,
                () -> closedByRelay.complete(true));
        startReceiving();
    }

    /// Goes on from another port, as a browser does whose network changes.
    void move() {
        socket.close();
        socket = open();
        startReceiving();
    }

    private static DatagramSocket open() {
        try {
            var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            socket.setReceiveBufferSize(4 << 20);
            return socket;
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void startReceiving() {
        var from = socket;
        Thread.ofPlatform().daemon().name("test-viewer").start(() -> receive(from));
    }

    /// Takes nothing any more and leaves it to the kernel to drop what comes, so that many viewers cost
    /// little.
    void stopListening() {
        isDeaf = true;
        var deaf = socket;
        try {
            deaf.setReceiveBufferSize(4096);
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sends a receiver report on the first track of the answer.
    void reportReception(long highestSequence) {
        long ssrc = Long.parseLong(attribute("ssrc:(\\d+) .+"));
        rtcp(new RtcpPacket.ReceiverReport(
                1, List.of(new RtcpPacket.ReportBlock(ssrc, 0, 0, highestSequence, 0, 0, 0))));
    }

    /// Proves the address by STUN and shakes hands, on a thread of its own.
    void connect() {
        stun(true);
        Thread.ofVirtual().start(() -> {
            try {
                keys.complete(dtls.handshake());
            } catch (IOException e) {
                keys.completeExceptionally(e);
            }
        });
    }

    void stun(boolean isNominating) {
        send(ByteBuffer.wrap(
                StunProbe.request(attribute("ice-ufrag:(\\S+)"), attribute("ice-pwd:(\\S+)"), isNominating)));
    }

    /// Waits for the handshake.
    SrtpKeys keys() {
        return keys.orTimeout(10, TimeUnit.SECONDS).join();
    }

    /// Waits for the relay's close_notify.
    void awaitCloseNotify() {
        closedByRelay.orTimeout(10, TimeUnit.SECONDS).join();
    }

    ReceivedMedia received() {
        return received;
    }

    String answer() {
        return answer;
    }

    URI resource() {
        return resource;
    }

    long stunAnswers() {
        return stunAnswers.get();
    }

    int delete() {
        return send(HttpRequest.newBuilder(resource).DELETE().build()).statusCode();
    }

    /// Sends RTCP, protected; returns the datagram.
    byte[] rtcp(RtcpPacket... packets) {
        var plain = new byte[1200];
        int plainLength = Rtcp.write(plain, 0, packets);
        var datagram = new byte[plainLength + keys().profile().rtcpOverheadBytes()];
        synchronized (keys) {
            if (protector == null) {
                protector = Srtp.protector(keys());
            }
            protector.protectRtcp(plain, plainLength, datagram, 0);
        }
        raw(datagram);
        return datagram;
    }

    void raw(byte[] datagram) {
        send(ByteBuffer.wrap(datagram));
    }

    /// Leaves as a browser does, with a close_notify.
    void leave() {
        dtls.close();
        socket.close();
    }

    @Override
    public void close() {
        leave();
    }

    private String attribute(String pattern) {
        var matcher = Pattern.compile("^a=" + pattern + "\r?$", Pattern.MULTILINE);
        var found = matcher.matcher(answer.replace(" typ host", ""));
        if (!found.find()) {
            throw new IllegalStateException("no " + pattern + " in " + answer);
        }
        return found.group(1).strip();
    }

    private void send(ByteBuffer datagram) {
        var bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, relay));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void receive(DatagramSocket from) {
        var packet = new DatagramPacket(new byte[2048], 2048);
        while (!from.isClosed() && !isDeaf) {
            try {
                from.receive(packet);
            } catch (IOException _) {
                return;
            }
            take(packet.getData(), packet.getLength());
        }
    }

    private void take(byte[] datagram, int length) {
        int first = datagram[0] & 0xff;
        if (first <= 3) {
            stunAnswers.incrementAndGet();
        } else if (first <= 63) {
            dtls.incoming(datagram, length);
        } else {
            received.srtp(keys(), datagram, length);
        }
    }
}
