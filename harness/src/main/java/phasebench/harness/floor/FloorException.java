package phasebench.harness.floor;

/// The floor could not be measured; whoever wanted it goes on without.
public final class FloorException extends Exception {
    private static final long serialVersionUID = 1;

    public FloorException(String message) {
        super(message);
    }

    FloorException(String message, Throwable cause) {
        super(message, cause);
    }
}
