package phasebench.relay.whip;

/// Says what is wrong with an offer; the viewer is told.
final class SdpException extends Exception {
    private static final long serialVersionUID = 1;

    SdpException(String message) {
        super(message);
    }
}
