package phasebench.relay.rtsp;

/// A request that is answered with an error status; its message says why in the client's words.
final class RtspRefusal extends Exception {
    private static final long serialVersionUID = 1;

    private final RtspStatus status;

    RtspRefusal(RtspStatus status, String why) {
        super(why, null, false, false);
        this.status = status;
    }

    RtspStatus status() {
        return status;
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
