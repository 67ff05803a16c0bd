package phasebench.harness;

/// The user asked for something impossible; the message says what is allowed. Nothing was started.
final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }

    UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
