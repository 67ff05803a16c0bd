package phasebench.harness.load.viewer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.wire.Bytes;
import phasebench.harness.load.wire.RtpHeader;
import phasebench.harness.load.wire.SrtpProfile;
import phasebench.harness.load.wire.StunMessage;

/// A relay for testing the load generator: reflects one RTSP publisher's packets to WHEP viewers, with faults at
/// command.
public final class ReflectorRelay implements AutoCloseable {
    private static final String PASSWORD = "reflectorpasswordof24chr";

    /// How it answers offers.
    public enum Mood {
        WILLING,
        /// 503 to every offer.
        REFUSING,
        /// Answers offers, but no STUN request.
        SILENT
    }

    private final DtlsIdentity identity = DtlsIdentity.generate();
    private final InetAddress loopback = InetAddress.getLoopbackAddress();
    private final ServerSocket rtsp = new ServerSocket(0, 5, loopback);
    private final DatagramSocket rtpIn = new DatagramSocket(new InetSocketAddress(loopback, 0));
    private final DatagramSocket udp = new DatagramSocket(new InetSocketAddress(loopback, 0));
    private final HttpServer http = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    private final List<ReflectorSession> sessions = new CopyOnWriteArrayList<>();
    private final Map<SocketAddress, ReflectorSession> byAddress = new ConcurrentHashMap<>();
    private final List<Socket> publishers = new CopyOnWriteArrayList<>();
    private final List<String> offers = new CopyOnWriteArrayList<>();
    private final SrtpProfile profile;
    private final Mood mood;
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());
    private volatile boolean isStalled;
    private volatile boolean isRefusing;
    private volatile boolean hasAudio;
    private volatile long pausedUntilNs = System.nanoTime();
    private volatile Duration perPacket = Duration.ZERO;
    private volatile @Nullable Misdelivery misdelivery;
    private volatile @Nullable Lag lag;

    /// The next `count` packets of one session go to another's viewer too.
    private record Misdelivery(ReflectorSession from, ReflectorSession to, AtomicInteger count) {}

    /// All packets of one session leave so much later.
    private record Lag(ReflectorSession session, Duration delay) {}

    public ReflectorRelay(SrtpProfile profile, Mood mood) throws IOException {
        this.profile = profile;
        this.mood = mood;
        http.createContext("/", this::offer);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.start();
        Thread.ofPlatform().daemon().name("reflector-rtsp").start(this::acceptPublishers);
        Thread.ofPlatform().daemon().name("reflector-rtp").start(this::receiveRtp);
        Thread.ofPlatform().daemon().name("reflector-udp").start(this::receiveUdp);
    }

    public URI rtspUri() {
        return URI.create("rtsp://127.0.0.1:" + rtsp.getLocalPort());
    }

    public URI httpUri() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /// Offers taken so far.
    public List<String> offers() {
        return List.copyOf(offers);
    }

    /// The session of a viewer, in order of offers.
    public ReflectorSession session(int index) {
        return sessions.get(index);
    }

    /// Forwards nothing from now on.
    public void stall() {
        isStalled = true;
    }

    /// Does nothing for a while, and then all that has come meanwhile.
    public void pause(Duration duration) {
        pausedUntilNs = System.nanoTime() + duration.toNanos();
    }

    /// Takes so long for each packet from now on.
    public void takePerPacket(Duration duration) {
        perPacket = duration;
    }

    /// Sends the next packets of one session to another's viewer too.
    public void misdeliver(int fromIndex, int toIndex, int count) {
        misdelivery = new Misdelivery(session(fromIndex), session(toIndex), new AtomicInteger(count));
    }

    /// Sends all packets of one session later.
    public void delay(int index, Duration delay) {
        lag = new Lag(session(index), delay);
    }

    /// Refuses every offer from now on.
    public void refuse() {
        isRefusing = true;
    }

    /// Sessions that ended by DELETE.
    public long sessionsDeleted() {
        return sessions.stream().filter(ReflectorSession::isDeleted).count();
    }

    private void acceptPublishers() {
        try {
            while (true) {
                Socket socket = rtsp.accept();
                publishers.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (int first = in.read(); first >= 0; first = in.read()) {
                if (first == '$') {
                    int channel = in.read();
                    byte[] packet = in.readNBytes(in.read() << 8 | in.read());
                    if (channel % 2 == 0) { // the odd ones are RTCP
                        forward(packet, packet.length);
                    }
                } else {
                    answer(socket, in, (char) first);
                }
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void answer(Socket socket, InputStream in, char first) throws IOException {
        StringBuilder request = new StringBuilder().append(first);
        while (request.indexOf("\r\n\r\n") < 0) {
            request.append((char) in.read());
        }
        String text = request.toString();
        byte[] body = in.readNBytes(Integer.parseInt(header(text, "Content-Length", "0")));
        hasAudio |= new String(body, StandardCharsets.US_ASCII).contains("m=audio ");
        String transport = header(text, "Transport", "");
        String answered = transport.contains("UDP")
                ? transport + ";server_port=" + rtpIn.getLocalPort() + "-" + (rtpIn.getLocalPort() + 1)
                : transport;
        String response = "RTSP/1.0 200 OK\r\nCSeq: " + header(text, "CSeq", "0") + "\r\nSession: 1;timeout=60\r\n"
                + (transport.isEmpty() ? "" : "Transport: " + answered + "\r\n") + "\r\n";
        socket.getOutputStream().write(response.getBytes(StandardCharsets.US_ASCII));
    }

    private static String header(String request, String name, String otherwise) {
        return request.lines()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElse(otherwise);
    }

    private void receiveRtp() {
        byte[] buffer = new byte[2048];
        DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
        try {
            while (true) {
                datagram.setLength(buffer.length);
                rtpIn.receive(datagram);
                forward(buffer, datagram.getLength());
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void forward(byte[] packet, int length) {
        if (isStalled || length < RtpHeader.FIXED_BYTES) {
            return;
        }
        LockSupport.parkNanos(perPacket.toNanos());
        awaitEndOfPause();
        for (ReflectorSession session : sessions) {
            for (byte[] out : session.take(Arrays.copyOf(packet, length))) {
                deliver(session, out);
            }
        }
    }

    private void awaitEndOfPause() {
        for (long rest = pausedUntilNs - System.nanoTime(); rest > 0; rest = pausedUntilNs - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }

    private void deliver(ReflectorSession session, byte[] out) {
        Lag late = lag;
        if (late != null && late.session() == session) {
            var _ = later.schedule(
                    () -> send(session, out, 0, out.length), late.delay().toMillis(), TimeUnit.MILLISECONDS);
        } else {
            send(session, out, 0, out.length);
        }
        Misdelivery wrong = misdelivery;
        if (wrong != null && wrong.from() == session && wrong.count().getAndDecrement() > 0) {
            send(wrong.to(), out, 0, out.length);
        }
    }

    private void send(ReflectorSession session, byte[] bytes, int offset, int length) {
        SocketAddress address = session.address();
        try {
            if (address != null) {
                udp.send(new DatagramPacket(bytes, offset, length, address));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void offer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String answer = "";
        int status = 200;
        if (exchange.getRequestMethod().equals("DELETE")) {
            String path = exchange.getRequestURI().getPath();
            sessions.get(Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)))
                    .delete();
        } else if (mood == Mood.REFUSING || isRefusing) {
            status = 503;
            answer = "no room for viewers";
        } else {
            status = 201;
            offers.add(body);
            answer = accept(exchange, body);
        }
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private synchronized String accept(HttpExchange exchange, String offer) throws IOException {
        int index = sessions.size();
        ReflectorSession session = new ReflectorSession("viewer" + index, 103, 111);
        sessions.add(session);
        exchange.getResponseHeaders().add("Location", "/whep/" + index);
        List<String> lines = new ArrayList<>(List.of(
                "v=0",
                "o=- 1 1 IN IP4 127.0.0.1",
                "s=-",
                "t=0 0",
                "a=ice-lite",
                "a=group:BUNDLE 0",
                "m=video 9 UDP/TLS/RTP/SAVPF 103",
                "c=IN IP4 127.0.0.1",
                "a=mid:0",
                "a=sendonly",
                "a=rtcp-mux",
                "a=setup:passive",
                "a=ice-ufrag:" + session.username(),
                "a=ice-pwd:" + PASSWORD,
                "a=fingerprint:" + identity.fingerprint(),
                "a=rtpmap:103 H264/90000",
                "a=rtcp-fb:103 nack",
                "a=rtcp-fb:103 nack pli",
                "a=candidate:1 1 udp 2130706431 127.0.0.1 " + udp.getLocalPort() + " typ host"));
        lines.addAll(
                hasAudio
                        ? List.of("m=audio 9 UDP/TLS/RTP/SAVPF 111", "a=sendonly", "a=rtpmap:111 opus/48000/2")
                        : List.of("m=audio 0 UDP/TLS/RTP/SAVPF 111", "a=inactive"));
        return String.join("\r\n", lines) + "\r\n" + (offer.isEmpty() ? "a=empty\r\n" : "");
    }

    private void receiveUdp() {
        byte[] buffer = new byte[2048];
        DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
        try {
            while (true) {
                datagram.setLength(buffer.length);
                udp.receive(datagram);
                if (mood != Mood.SILENT) {
                    datagram(Arrays.copyOf(buffer, datagram.getLength()), datagram.getSocketAddress());
                }
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void datagram(byte[] packet, SocketAddress from) throws IOException {
        if (StunMessage.isStun(packet, packet.length)) {
            if (StunMessage.isAuthentic(packet, packet.length, PASSWORD)) {
                bind(packet, from);
                byte[] success = Arrays.copyOf(packet, StunMessage.HEADER_BYTES + 32);
                Bytes.putShort(success, 0, StunMessage.BINDING_SUCCESS);
                StunMessage.seal(success, StunMessage.HEADER_BYTES, PASSWORD);
                udp.send(new DatagramPacket(success, success.length, from));
            }
            return;
        }
        ReflectorSession session = byAddress.get(from);
        if (session != null) {
            for (byte[] again : session.receive(packet)) {
                send(session, again, 0, again.length);
            }
        }
    }

    /// Learns a session's address from its first check, and lets it shake hands.
    private void bind(byte[] check, SocketAddress from) {
        String text = new String(check, StandardCharsets.ISO_8859_1);
        for (ReflectorSession session : sessions) {
            if (text.contains(session.username() + ":") && session.bind(from)) {
                byAddress.put(from, session);
                Thread.ofVirtual()
                        .start(() -> session.shakeHands(
                                identity, profile, (bytes, offset, length) -> send(session, bytes, offset, length)));
            }
        }
    }

    /// Sends one RTCP packet for each track to every viewer.
    public void sendReport() {
        for (ReflectorSession session : sessions) {
            for (byte[] report : session.senderReports()) {
                send(session, report, 0, report.length);
            }
        }
    }

    @Override
    public void close() throws IOException {
        later.shutdownNow();
        http.stop(0);
        rtsp.close();
        udp.close();
        rtpIn.close();
        for (Socket publisher : publishers) {
            publisher.close();
        }
    }
}
