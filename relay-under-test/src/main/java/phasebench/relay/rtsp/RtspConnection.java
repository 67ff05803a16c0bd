package phasebench.relay.rtsp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import phasebench.relay.buffer.BufferPool;

/// One client: reads its requests and packets, and answers, all on one thread.
///
/// Whoever else wants to end it closes the socket, under the blocked read or write.
final class RtspConnection implements Runnable {
    private static final System.Logger LOG = System.getLogger(RtspConnection.class.getName());

    /// Time and bytes for a client to read why it was turned away, before unread data of its own make the kernel reset
    /// the connection (RFC 9112, section 9.6 describes the same for HTTP).
    private static final Duration LINGER = Duration.ofSeconds(1);

    private static final int LINGER_BYTES_MAX = 2 << 20;

    private final Socket socket;
    private final Deadline deadline;
    private final RtspDialog dialog;
    private final BufferPool buffers;

    RtspConnection(Socket socket, RtspServices services) {
        this.socket = socket;
        this.deadline = new Deadline(services.limits().announce());
        this.buffers = services.buffers();
        this.dialog = new RtspDialog(socket, services, deadline);
    }

    @Override
    public void run() {
        try {
            serve();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "connection ended", e);
        } finally {
            close();
            dialog.endSession();
        }
    }

    /// Closes the connection if its time is over; from any thread.
    void expire(long nowNs) {
        if (deadline.isOver(nowNs)) {
            LOG.log(System.Logger.Level.DEBUG, "time of {0} is over", socket);
            close();
        }
    }

    /// Ends the connection, from any thread; its session ends on its own thread.
    void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // nothing more to free
        }
    }

    private void serve() throws IOException {
        socket.setTcpNoDelay(true);
        RtspInput input = new RtspInput(socket.getInputStream(), buffers);
        OutputStream output = socket.getOutputStream();
        try {
            for (RtspMessage message = input.next(); message != null; message = input.next()) {
                switch (message) {
                    case InterleavedFrame frame -> receive(frame, output);
                    case RtspRequest request ->
                        output.write(dialog.answer(request).toBytes());
                }
            }
        } catch (RtspRefusal refusal) {
            output.write(RtspResponse.refused(refusal).toBytes());
            linger();
        }
    }

    private void receive(InterleavedFrame frame, OutputStream output) throws IOException {
        byte[] report;
        try {
            report = dialog.receive(frame, System.nanoTime());
        } finally {
            frame.payload().release();
        }
        if (report != null) {
            byte[] out = new byte[4 + report.length];
            out[0] = '$';
            out[1] = (byte) (frame.channel() + 1);
            out[2] = (byte) (report.length >>> 8);
            out[3] = (byte) report.length;
            System.arraycopy(report, 0, out, 4, report.length);
            output.write(out);
        }
    }

    private void linger() throws IOException {
        dialog.endSession();
        deadline.set(System.nanoTime(), LINGER);
        socket.shutdownOutput();
        InputStream rest = socket.getInputStream();
        byte[] unread = new byte[4096];
        int bytes = 0;
        for (int read = 0; read >= 0 && bytes < LINGER_BYTES_MAX; read = rest.read(unread)) {
            bytes += read;
        }
    }
}
