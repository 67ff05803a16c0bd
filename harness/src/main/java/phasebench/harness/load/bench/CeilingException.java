package phasebench.harness.load.bench;

/// The load generator's ceiling could not be measured; the message says why.
public final class CeilingException extends Exception {
    private static final long serialVersionUID = 1;

    CeilingException(String message) {
        super(message);
    }

    CeilingException(String message, Throwable cause) {
        super(message, cause);
    }
}
