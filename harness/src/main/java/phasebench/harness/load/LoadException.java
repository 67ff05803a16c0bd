package phasebench.harness.load;

/// Says why the load could not be offered, or what ended it; fit to be shown to a person.
public final class LoadException extends Exception {
    private static final long serialVersionUID = 1;

    public LoadException(String message) {
        super(message);
    }

    public LoadException(String message, Throwable cause) {
        super(message, cause);
    }
}
