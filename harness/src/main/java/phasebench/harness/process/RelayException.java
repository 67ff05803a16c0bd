package phasebench.harness.process;

/// The relay did not do what a trial needs; the message says what, with the relay's own last words.
public final class RelayException extends Exception {
    private static final long serialVersionUID = 1;

    public RelayException(String message) {
        super(message);
    }

    public RelayException(String message, Throwable cause) {
        super(message, cause);
    }
}
