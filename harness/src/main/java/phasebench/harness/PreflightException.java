package phasebench.harness;

import java.util.List;

/// This machine cannot run the experiment; the message holds all problems at once. No trial was started.
final class PreflightException extends Exception {
    private static final long serialVersionUID = 1;

    PreflightException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
    }
}
