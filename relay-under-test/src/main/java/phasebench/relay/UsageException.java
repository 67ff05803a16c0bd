package phasebench.relay;

/// Says that the user asked for something impossible: names place, key, value and what is allowed.
final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
