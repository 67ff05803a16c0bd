package phasebench.harness;

/// The load could not be brought through a trial; the message becomes the trial's reason.
final class TrialFailedException extends Exception {
    private static final long serialVersionUID = 1;

    TrialFailedException(String message) {
        super(message);
    }

    TrialFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
