package phasebench.relay.rtsp;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;

/// A publisher under the control of a test: writes what it is told to, right or wrong.
public final class RtspClient implements AutoCloseable {
    private static final int TIMEOUT_MS = 10_000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final String base;
    private final Queue<byte[]> frames = new ArrayDeque<>();
    private String session = "";
    private int sequence;

    public RtspClient(InetSocketAddress server) throws IOException {
        socket = new Socket(server.getAddress(), server.getPort());
        socket.setSoTimeout(TIMEOUT_MS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        base = "rtsp://127.0.0.1:" + server.getPort() + "/";
    }

    public record Response(int code, String reason, Map<String, String> headers) {
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /// Sends a request and waits for its response; interleaved frames in between are kept for `frame`.
    public Response request(String method, String path, String body, String... headers) throws IOException {
        write(text(method, path, body, headers));
        return response();
    }

    /// A request with CSeq and, once known, Session.
    String text(String method, String path, String body, String... headers) {
        StringBuilder text =
                new StringBuilder().append("%s %s RTSP/1.0\r\nCSeq: %d\r\n".formatted(method, base + path, ++sequence));
        if (!session.isEmpty()) {
            text.append("Session: ").append(session).append("\r\n");
        }
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        if (!body.isEmpty()) {
            text.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        return text.append("\r\n").append(body).toString();
    }

    public Response announce(String stream, String sdp) throws IOException {
        return request("ANNOUNCE", stream, sdp, "Content-Type: application/sdp");
    }

    public Response setUp(String path, String transport) throws IOException {
        return request("SETUP", path, "", "Transport: " + transport);
    }

    void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    void write(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    public void writeFrame(int channel, byte[] packet) throws IOException {
        out.write(frame(channel, packet));
    }

    static byte[] frame(int channel, byte[] packet) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write('$');
        bytes.write(channel);
        bytes.write(packet.length >>> 8);
        bytes.write(packet.length);
        bytes.writeBytes(packet);
        return bytes.toByteArray();
    }

    /// The next interleaved frame, its four bytes of header included.
    byte[] frame() throws IOException {
        while (frames.isEmpty()) {
            int first = in.readUnsignedByte();
            if (first != '$') {
                throw new IOException("no frame but byte " + first);
            }
            readFrame();
        }
        return frames.remove();
    }

    /// Sends a request as it is and waits for its response.
    Response response(String request) throws IOException {
        write(request);
        return response();
    }

    Response response() throws IOException {
        int first = in.readUnsignedByte();
        while (first == '$') {
            readFrame();
            first = in.readUnsignedByte();
        }
        String[] status = ((char) first + line()).split(" ", 3);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            headers.put(
                    line.substring(0, line.indexOf(':')),
                    line.substring(line.indexOf(':') + 1).strip());
        }
        session = headers.getOrDefault("Session", session).split(";", 2)[0];
        return new Response(Integer.parseInt(status[1]), status[2], headers);
    }

    void useSession(String id) {
        session = id;
    }

    /// Whether the server ends the connection, after whatever it still sends.
    boolean isEnded() {
        try {
            in.readAllBytes();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void readFrame() throws IOException {
        int channel = in.readUnsignedByte();
        byte[] packet = new byte[in.readUnsignedShort()];
        in.readFully(packet);
        frames.add(frame(channel, packet));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }
}
