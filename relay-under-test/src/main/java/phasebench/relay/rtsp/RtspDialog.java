package phasebench.relay.rtsp;

import java.net.Socket;
import org.jspecify.annotations.Nullable;
import phasebench.relay.rtp.IngestDrop;

/// The requests of one connection and their answers: which method is due in which state (RFC 2326, appendix A).
///
/// Belongs to the thread of its connection.
final class RtspDialog {
    private static final System.Logger LOG = System.getLogger(RtspDialog.class.getName());

    private final Socket socket;
    private final RtspServices services;
    private final Deadline deadline;
    private @Nullable RecordSession session;

    /// @param socket for its addresses
    /// @param deadline moved by requests and packets of an announced session
    RtspDialog(Socket socket, RtspServices services, Deadline deadline) {
        this.socket = socket;
        this.services = services;
        this.deadline = deadline;
    }

    /// Takes an interleaved frame.
    ///
    /// @return a receiver report to send on the next channel, or null
    byte @Nullable [] receive(InterleavedFrame frame, long arrivalNs) {
        if (session == null) {
            services.counters().dropped(IngestDrop.UNKNOWN_CHANNEL);
            return null;
        }
        deadline.set(arrivalNs, services.limits().session());
        return session.frame(frame, arrivalNs);
    }

    /// Does what a request asks for, or says why not.
    RtspResponse answer(RtspRequest request) {
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
            deadline.set(System.nanoTime(), services.limits().session());
            if (session.isSetUp() && response.status() == RtspStatus.OK) {
                response = response.with(
                        "Session",
                        session.id() + ";timeout=" + services.limits().session().toSeconds());
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
        session = new RecordSession(
                url,
                base == null ? null : RtspUrl.parse(base),
                description,
                new RecordSession.Environment(
                        services, socket.getLocalAddress(), socket.getInetAddress(), this::packetCame));
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
        deadline.set(System.nanoTime(), services.limits().announce());
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

    /// Ends what was announced, if anything.
    void endSession() {
        if (session != null) {
            if (session.isRecording()) {
                LOG.log(System.Logger.Level.INFO, "{0} leaves {1}", socket.getRemoteSocketAddress(), session.stream());
            }
            session.end();
            session = null;
        }
    }

    private void packetCame(long arrivalNs) {
        deadline.set(arrivalNs, services.limits().session());
    }
}
