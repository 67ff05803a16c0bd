package phasebench.relay.rtsp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.buffer.PacketBuffer;

/// The client's side of a connection: requests and interleaved frames, each of bounded size.
final class RtspInput {
    private static final int FRAME_HEADER_BYTES = 4;

    private final InputStream in;
    private final BufferPool buffers;
    private final byte[] buffer = new byte[RtspLimits.HEADER_BYTES_MAX];
    private int start;
    private int end;

    /// @param buffers for the payloads of frames
    RtspInput(InputStream in, BufferPool buffers) {
        this.in = in;
        this.buffers = buffers;
    }

    /// Blocks for the next message; null at the end of the connection, also in the middle of a message.
    ///
    /// @throws RtspRefusal if what comes is no message, after which nothing can be read any more
    @Nullable
    RtspMessage next() throws IOException, RtspRefusal {
        int first = skipEmptyLines();
        if (first < 0) {
            return null;
        }
        if (first == '$') {
            return nextFrame();
        }
        if (first < 'A' || first > 'Z') {
            throw new RtspRefusal(RtspStatus.BAD_REQUEST, "neither a request nor an interleaved frame");
        }
        return nextRequest();
    }

    private @Nullable InterleavedFrame nextFrame() throws IOException {
        if (!fill(FRAME_HEADER_BYTES)) {
            return null;
        }
        int channel = buffer[start + 1] & 0xff;
        int length = (buffer[start + 2] & 0xff) << 8 | (buffer[start + 3] & 0xff);
        start += FRAME_HEADER_BYTES;
        PacketBuffer payload = buffers.take(length);
        if (readFully(payload.heapArray(), length)) {
            return new InterleavedFrame(channel, payload, length);
        }
        payload.release();
        return null;
    }

    private @Nullable RtspRequest nextRequest() throws IOException, RtspRefusal {
        int headEnd = headEnd(start);
        while (headEnd < 0) {
            int searched = end - start;
            if (searched == buffer.length) {
                throw new RtspRefusal(
                        RtspStatus.BAD_REQUEST, "headers are longer than " + RtspLimits.HEADER_BYTES_MAX + " bytes");
            }
            if (!fill(searched + 1)) {
                return null;
            }
            headEnd = headEnd(start + Math.max(0, searched - 3));
        }
        RtspRequest request = RtspRequest.parse(
                new String(buffer, start, headEnd - start, StandardCharsets.ISO_8859_1).stripTrailing());
        start = headEnd;
        byte[] body = new byte[contentLength(request)];
        return readFully(body, body.length) ? request.withBody(new String(body, StandardCharsets.UTF_8)) : null;
    }

    private static int contentLength(RtspRequest request) throws RtspRefusal {
        String value = request.header("Content-Length");
        if (value == null) {
            return 0;
        }
        if (!value.matches("[0-9]{1,9}")) {
            throw new RtspRefusal(RtspStatus.BAD_REQUEST, "Content-Length is not a number: " + value);
        }
        int length = Integer.parseInt(value);
        if (length > RtspLimits.BODY_BYTES_MAX) {
            throw new RtspRefusal(
                    RtspStatus.ENTITY_TOO_LARGE,
                    "Content-Length is " + length + "; allowed: up to " + RtspLimits.BODY_BYTES_MAX);
        }
        return length;
    }

    /// Where the body begins, behind CR LF CR LF or LF LF, looked for from `from`; or -1.
    private int headEnd(int from) {
        for (int i = from; i + 1 < end; i++) {
            if (buffer[i] == '\n') {
                int next = buffer[i + 1] == '\r' ? i + 2 : i + 1;
                if (next < end && buffer[next] == '\n') {
                    return next + 1;
                }
            }
        }
        return -1;
    }

    /// Some clients send an empty line behind a body. Returns the byte that follows, or -1 at the end.
    private int skipEmptyLines() throws IOException {
        while (fill(1)) {
            int first = buffer[start] & 0xff;
            if (first != '\r' && first != '\n') {
                return first;
            }
            start++;
        }
        return -1;
    }

    private boolean readFully(byte[] out, int length) throws IOException {
        int buffered = Math.min(length, end - start);
        System.arraycopy(buffer, start, out, 0, buffered);
        start += buffered;
        return in.readNBytes(out, buffered, length - buffered) == length - buffered;
    }

    /// Reads until at least `bytes` bytes are buffered; false if the connection ends before.
    private boolean fill(int bytes) throws IOException {
        while (end - start < bytes) {
            if (start > 0) {
                System.arraycopy(buffer, start, buffer, 0, end - start);
                end -= start;
                start = 0;
            }
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) {
                return false;
            }
            end += read;
        }
        return true;
    }
}
