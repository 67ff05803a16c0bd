package phasebench.harness;

/// A revision of the relay does not build; the message holds the end of Maven's log.
final class BuildFailedException extends Exception {
    private static final long serialVersionUID = 1;

    BuildFailedException(String message) {
        super(message);
    }
}
