package phasebench.harness.endtoend;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// What a network throws at a relay that is not for it: each attack repeats on a thread of its own until closed.
///
/// The same seed gives the same bytes.
final class Garbage implements AutoCloseable {
    private static final int HEADER_BYTES = 1 << 20;
    private static final int HALF_OPEN_CONNECTIONS = 50;
    private static final Duration PAUSE_DATAGRAMS = Duration.ofMillis(2);
    private static final Duration PAUSE_CONNECTIONS = Duration.ofMillis(100);
    private static final String HALF_AN_SDP = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=video 9 UDP/TLS/RT";
    private static final String LONG_HEADER = "X-Long: " + "x".repeat(HEADER_BYTES) + "\r\n\r\n";

    private final List<Thread> threads = new ArrayList<>();
    private final List<Socket> halfOpen = new ArrayList<>();
    private volatile boolean isClosed;

    private Garbage() {}

    /// One round of an attack.
    @FunctionalInterface
    private interface Attack {
        void round(Random random) throws IOException;
    }

    /// Starts all attacks on all ports of the relay.
    static Garbage throwAt(RelayProgram relay, long seed) throws IOException {
        Garbage garbage = new Garbage();
        InetSocketAddress rtsp = relay.address("rtsp");
        InetSocketAddress http = relay.address("http");
        InetSocketAddress webrtc = relay.address("webrtc");
        for (int i = 0; i < HALF_OPEN_CONNECTIONS; i++) {
            garbage.halfOpen.add(new Socket(rtsp.getAddress(), rtsp.getPort()));
            garbage.halfOpen.add(new Socket(http.getAddress(), http.getPort()));
        }
        garbage.repeat(seed, PAUSE_DATAGRAMS, random -> datagram(webrtc, randomBytes(random, 1400)));
        garbage.repeat(seed, PAUSE_DATAGRAMS, random -> datagram(webrtc, truncatedStun(random)));
        garbage.repeat(seed, PAUSE_DATAGRAMS, random -> datagram(webrtc, startingWith(random, 20, 63)));
        garbage.repeat(seed, PAUSE_DATAGRAMS, random -> datagram(webrtc, startingWith(random, 128, 191)));
        for (InetSocketAddress address : List.of(rtsp, http)) {
            garbage.repeat(seed, PAUSE_CONNECTIONS, random -> send(address, randomBytes(random, 60_000)));
        }
        garbage.repeat(seed, PAUSE_CONNECTIONS, _ -> send(rtsp, announce(HALF_AN_SDP.length() + 500)));
        garbage.repeat(seed, PAUSE_CONNECTIONS, _ -> send(rtsp, announce(HALF_AN_SDP.length())));
        garbage.repeat(seed, PAUSE_CONNECTIONS, _ -> send(rtsp, announce(2_000_000_000)));
        garbage.repeat(seed, PAUSE_CONNECTIONS, random -> send(rtsp, interleaved(random)));
        garbage.repeat(seed, PAUSE_CONNECTIONS, _ -> send(rtsp, "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n" + LONG_HEADER));
        garbage.repeat(seed, PAUSE_CONNECTIONS, _ -> send(http, offer(HALF_AN_SDP.length() + 500)));
        garbage.repeat(seed, PAUSE_CONNECTIONS, _ -> send(http, offer(HALF_AN_SDP.length())));
        garbage.repeat(seed, PAUSE_CONNECTIONS, _ -> send(http, offer(2_000_000_000)));
        garbage.repeat(seed, PAUSE_CONNECTIONS, _ -> send(http, "GET /cam/ HTTP/1.1\r\nHost: a\r\n" + LONG_HEADER));
        garbage.repeat(
                seed, PAUSE_CONNECTIONS, _ -> send(http, "DELETE /cam/whep/../../x HTTP/1.1\r\nHost: a\r\n\r\n"));
        return garbage;
    }

    @Override
    public void close() throws IOException {
        isClosed = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        for (Socket socket : halfOpen) {
            socket.close();
        }
    }

    private void repeat(long seed, Duration pause, Attack attack) {
        Random random = new Random(seed + threads.size());
        threads.add(Thread.ofVirtual().start(() -> {
            while (!isClosed) {
                try {
                    attack.round(random);
                } catch (IOException _) {
                    // being cut off is what an attacker has to expect
                }
                sleep(pause);
            }
        }));
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void datagram(InetSocketAddress target, byte[] bytes) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(bytes, bytes.length, target));
        }
    }

    private static void send(InetSocketAddress target, String text) throws IOException {
        send(target, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Sends and hangs up after the first bytes of an answer, or after a second without one.
    private static void send(InetSocketAddress target, byte[] bytes) throws IOException {
        try (Socket socket = new Socket(target.getAddress(), target.getPort())) {
            socket.setSoTimeout(1000);
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
            socket.getInputStream().read(new byte[1000]);
        }
    }

    private static byte[] randomBytes(Random random, int lengthMax) {
        byte[] bytes = new byte[random.nextInt(lengthMax + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    /// Random bytes after a first byte that sends them to one demultiplexer branch (RFC 7983, section 7).
    private static byte[] startingWith(Random random, int firstByteMin, int firstByteMax) {
        byte[] bytes = randomBytes(random, 1400);
        if (bytes.length > 0) {
            bytes[0] = (byte) random.nextInt(firstByteMin, firstByteMax + 1);
        }
        return bytes;
    }

    /// A Binding Request (RFC 8489, section 5) with a USERNAME and nonsense, cut off anywhere.
    private static byte[] truncatedStun(Random random) {
        ByteBuffer message = ByteBuffer.allocate(100);
        message.putShort((short) 1).putShort((short) 80).putInt(0x2112A442);
        message.putLong(random.nextLong()).putInt(random.nextInt());
        message.putShort((short) 6).putShort((short) 9).put("abcd:efgh".getBytes(StandardCharsets.US_ASCII));
        while (message.hasRemaining()) {
            message.put((byte) random.nextInt(256));
        }
        byte[] cut = new byte[random.nextInt(message.capacity() + 1)];
        message.rewind().get(cut);
        return cut;
    }

    private static String announce(int contentLength) {
        return "ANNOUNCE rtsp://127.0.0.1/garbage RTSP/1.0\r\nCSeq: 1\r\nContent-Type: application/sdp\r\n"
                + "Content-Length: " + contentLength + "\r\n\r\n" + HALF_AN_SDP;
    }

    private static String offer(int contentLength) {
        return "POST /cam/whep HTTP/1.1\r\nHost: a\r\nContent-Type: application/sdp\r\n" + "Content-Length: "
                + contentLength + "\r\n\r\n" + HALF_AN_SDP;
    }

    /// A frame for a channel that nobody set up (RFC 2326, section 10.12).
    private static byte[] interleaved(Random random) {
        byte[] bytes = randomBytes(random, 2000);
        ByteBuffer frame = ByteBuffer.allocate(4 + bytes.length);
        frame.put((byte) '$').put((byte) random.nextInt(256)).putShort((short) bytes.length);
        return frame.put(bytes).array();
    }
}
