package phasebench.harness.load.publisher;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The client's side of an RTSP 1.0 connection (RFC 2326); requests one at a time, data in between (section 10.12).
final class RtspConnection implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int ANSWER_MILLIS = 10_000;
    private static final int CONTENT_BYTES_MAX = 1 << 20;

    /// A response.
    ///
    /// @param headers names in lower case
    record Response(int status, String reason, Map<String, String> headers) {}

    private final Socket socket;
    private final InputStream in;
    private final String peer;
    private final ReentrantLock writing = new ReentrantLock();
    private int cseq;
    private @Nullable String session;

    private RtspConnection(Socket socket, String peer) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.peer = peer;
    }

    static RtspConnection open(URI uri) throws IOException {
        int port = uri.getPort() < 0 ? 554 : uri.getPort();
        String peer = uri.getHost() + ":" + port;
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(uri.getHost(), port), CONNECT_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            return new RtspConnection(socket, peer);
        } catch (IOException e) {
            socket.close();
            throw new IOException("cannot reach the relay's RTSP port " + peer + ": " + e.getMessage(), e);
        }
    }

    /// Sends a request and waits for its answer.
    ///
    /// @throws IOException if the relay does not answer within 10 s or answers anything but 200
    Response request(String method, String uri, Map<String, String> headers, String body) throws IOException {
        write(method, uri, headers, body);
        Response response;
        try {
            response = readResponse();
        } catch (SocketTimeoutException e) {
            throw new IOException("relay " + peer + " did not answer RTSP " + method + " within 10 s", e);
        }
        if (response.status() != 200) {
            throw new IOException("relay " + peer + " refused RTSP " + method + " " + uri + ": " + response.status()
                    + " " + response.reason());
        }
        String given = response.headers().get("session");
        if (given != null) {
            session = given.split(";", 2)[0].strip();
        }
        return response;
    }

    /// Sends a request without waiting for its answer.
    void write(String method, String uri, Map<String, String> headers, String body) throws IOException {
        StringBuilder out = new StringBuilder(method + " " + uri + " RTSP/1.0\r\nCSeq: " + ++cseq + "\r\n");
        if (session != null) {
            out.append("Session: ").append(session).append("\r\n");
        }
        headers.forEach(
                (name, value) -> out.append(name).append(": ").append(value).append("\r\n"));
        if (!body.isEmpty()) {
            out.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        byte[] bytes = out.append("\r\n").append(body).toString().getBytes(StandardCharsets.US_ASCII);
        write(bytes, bytes.length);
    }

    void write(byte[] bytes, int length) throws IOException {
        writing.lock();
        try {
            socket.getOutputStream().write(bytes, 0, length);
        } finally {
            writing.unlock();
        }
    }

    /// Sends a last request, unless another thread is stuck in writing.
    void writeLast(String method, String uri) throws IOException {
        try {
            if (writing.tryLock(200, TimeUnit.MILLISECONDS)) {
                try {
                    write(method, uri, Map.of(), "");
                } finally {
                    writing.unlock();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Response readResponse() throws IOException {
        String statusLine = line(skipInterleaved());
        String[] parts = statusLine.split(" ", 3);
        if (parts.length < 2 || !parts[0].startsWith("RTSP/")) {
            throw new IOException("relay " + peer + " answered no RTSP: " + statusLine);
        }
        Map<String, String> headers = new HashMap<>();
        for (String header = line(in.read()); !header.isEmpty(); header = line(in.read())) {
            int colon = header.indexOf(':');
            if (colon > 0) {
                headers.put(
                        header.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        header.substring(colon + 1).strip());
            }
        }
        int contentBytes = number(headers.getOrDefault("content-length", "0"));
        if (contentBytes > CONTENT_BYTES_MAX) {
            throw new IOException("relay " + peer + " announced an RTSP body of " + contentBytes + " bytes");
        }
        in.skipNBytes(contentBytes);
        return new Response(number(parts[1]), parts.length > 2 ? parts[2] : "", headers);
    }

    private int number(String text) throws IOException {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new IOException("relay " + peer + " sent no number in RTSP: " + text, e);
        }
    }

    /// The first byte of a message, with interleaved data before it thrown away.
    private int skipInterleaved() throws IOException {
        while (true) {
            int first = in.read();
            if (first != '$') {
                return first;
            }
            in.skipNBytes(1);
            in.skipNBytes((long) in.read() << 8 | in.read());
        }
    }

    private String line(int first) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = first; c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("relay " + peer + " closed the RTSP connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
            if (line.length() > 8192) {
                throw new IOException("relay " + peer + " sent an RTSP line of more than 8192 characters");
            }
        }
        return line.toString();
    }

    /// Reads and drops what the relay sends, until the connection ends.
    void drain() throws IOException {
        socket.setSoTimeout(0);
        while (in.read() >= 0) {
            in.skip(in.available());
        }
    }

    String peer() {
        return peer;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // it is gone either way
        }
    }
}
