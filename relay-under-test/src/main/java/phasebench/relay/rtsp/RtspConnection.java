package phasebench.relay.rtsp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import phasebench.relay.rtp.IngestDrop;
import phasebench.relay.stream.Ingest;

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
    private final Ingest ingest;
    private final RtspCounters counters;
    private final RtspLimits limits;
    private final ThreadFactory threads;
    private final Deadline deadline;
    private @Nullable RecordSession session;

    RtspConnection(Socket socket, Ingest ingest, RtspCounters counters, RtspLimits limits, ThreadFactory threads) {
        this.socket = socket;
        this.ingest = ingest;
        this.counters = counters;
        this.limits = limits;
        this.threads = threads;
        this.deadline = new Deadline(limits.announce());
    }

    @Override
    public void run() {
        try {
            serve();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "connection ended", e);
        } finally {
            endSession();
            close();
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
        RtspInput input = new RtspInput(socket.getInputStream());
        OutputStream output = socket.getOutputStream();
        try {
            for (RtspMessage message = input.next(); message != null; message = input.next()) {
                switch (message) {
                    case InterleavedFrame frame -> receive(frame, output);
                    case RtspRequest request -> output.write(answer(request).toBytes());
                }
            }
        } catch (RtspRefusal refusal) {
            output.write(RtspResponse.refused(refusal).toBytes());
            linger();
        }
    }

    private void receive(InterleavedFrame frame, OutputStream output) throws IOException {
        long nowNs = System.nanoTime();
        if (session == null) {
            counters.dropped(IngestDrop.UNKNOWN_CHANNEL);
            return;
        }
        deadline.set(nowNs, limits.session());
        byte[] report = session.frame(frame, nowNs);
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

    private RtspResponse answer(RtspRequest request) {
        RtspResponse response;
        String sequence = request.header("CSeq");
        boolean isNumbered = sequence != null && sequence.matches("[0-9]{1,10}");
        try {
            if (!isNumbered) {
                throw new RtspRefusal(RtspStatus.BAD_REQUEST, "CSeq is missing or no number");
            }
            response = handle(request);
        } catch (RtspRefusal refusal) {
            response = RtspResponse.refused(refusal);
        }
        if (session != null) {
            deadline.set(System.nanoTime(), limits.session());
            if (session.isSetUp()) {
                response = response.with(
                        "Session", session.id() + ";timeout=" + limits.session().toSeconds());
            }
        }
        return isNumbered ? response.with("CSeq", String.valueOf(sequence)) : response;
    }

    private RtspResponse handle(RtspRequest request) throws RtspRefusal {
        String required = request.header("Require");
        if (required != null) {
            throw new RtspRefusal(RtspStatus.OPTION_NOT_SUPPORTED, "Require: " + required);
        }
        return switch (request.method()) {
            case "OPTIONS" -> RtspResponse.ok().with("Public", RtspResponse.METHODS);
            case "ANNOUNCE" -> announce(request);
            case "SETUP" -> setUp(request);
            case "RECORD" -> record(request);
            case "TEARDOWN" -> tearDown(request);
            case "GET_PARAMETER", "SET_PARAMETER" -> parameter(request);
            case "DESCRIBE", "PLAY", "PAUSE", "REDIRECT" ->
                throw new RtspRefusal(RtspStatus.METHOD_NOT_ALLOWED, "this server takes publishers only");
            default -> throw new RtspRefusal(RtspStatus.NOT_IMPLEMENTED, request.method());
        };
    }

    private RtspResponse announce(RtspRequest request) throws RtspRefusal {
        if (session != null) {
            throw new RtspRefusal(RtspStatus.NOT_VALID_IN_THIS_STATE, "a stream is announced already");
        }
        String type = request.header("Content-Type");
        if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase("application/sdp")) {
            throw new RtspRefusal(
                    RtspStatus.UNSUPPORTED_MEDIA_TYPE, "Content-Type is " + type + "; allowed: application/sdp");
        }
        RtspUrl url = RtspUrl.parse(request.uri());
        String stream = url.stream();
        String base = request.header("Content-Base");
        SessionDescription description = SessionDescription.parse(request.body());
        InetAddress server = socket.getLocalAddress();
        session = new RecordSession(
                url,
                base == null ? null : RtspUrl.parse(base),
                description,
                new RecordSession.Environment(
                        server,
                        socket.getInetAddress(),
                        ingest,
                        counters,
                        limits,
                        threads,
                        nowNs -> deadline.set(nowNs, limits.session())));
        LOG.log(System.Logger.Level.DEBUG, "{0} announces {1}", socket, stream);
        return RtspResponse.ok();
    }

    private RtspResponse setUp(RtspRequest request) throws RtspRefusal {
        if (session == null) {
            throw new RtspRefusal(RtspStatus.NOT_VALID_IN_THIS_STATE, "ANNOUNCE comes first");
        }
        if (session.isSetUp()) {
            checkSession(request);
        }
        String transport = request.header("Transport");
        if (transport == null) {
            throw new RtspRefusal(RtspStatus.BAD_REQUEST, "Transport is missing");
        }
        RtspUrl url = RtspUrl.parse(request.uri());
        return RtspResponse.ok().with("Transport", session.setUp(url, TransportOffer.parse(transport)));
    }

    private RtspResponse record(RtspRequest request) throws RtspRefusal {
        if (session == null) {
            throw new RtspRefusal(RtspStatus.NOT_VALID_IN_THIS_STATE, "ANNOUNCE and SETUP come first");
        }
        if (session.isSetUp()) {
            checkSession(request);
        }
        session.record(RtspUrl.parse(request.uri()));
        LOG.log(System.Logger.Level.INFO, "{0} publishes {1}", socket.getRemoteSocketAddress(), session);
        return RtspResponse.ok();
    }

    private RtspResponse tearDown(RtspRequest request) throws RtspRefusal {
        checkSession(request);
        endSession();
        deadline.set(System.nanoTime(), limits.announce());
        return RtspResponse.ok();
    }

    /// Empty ones keep the session alive (RFC 2326, section 10.8); there are no parameters.
    private RtspResponse parameter(RtspRequest request) throws RtspRefusal {
        if (request.header("Session") != null) {
            checkSession(request);
        }
        if (!request.body().isBlank()) {
            throw new RtspRefusal(RtspStatus.PARAMETER_NOT_UNDERSTOOD, "there are no parameters");
        }
        return RtspResponse.ok();
    }

    private void checkSession(RtspRequest request) throws RtspRefusal {
        String given = request.header("Session");
        String id = given == null ? "" : given.split(";", 2)[0].strip();
        if (session == null || !session.id().equals(id)) {
            throw new RtspRefusal(
                    RtspStatus.SESSION_NOT_FOUND, given == null ? "Session is missing" : "no session " + id + " here");
        }
    }

    private void endSession() {
        if (session != null) {
            if (session.isRecording()) {
                LOG.log(System.Logger.Level.INFO, "{0} leaves {1}", socket.getRemoteSocketAddress(), session);
            }
            session.end();
            session = null;
        }
    }

    private void linger() throws IOException {
        deadline.set(System.nanoTime(), LINGER);
        endSession();
        socket.shutdownOutput();
        InputStream rest = socket.getInputStream();
        byte[] unread = new byte[4096];
        int bytes = 0;
        for (int read = 0; read >= 0 && bytes < LINGER_BYTES_MAX; read = rest.read(unread)) {
            bytes += read;
        }
    }
}
