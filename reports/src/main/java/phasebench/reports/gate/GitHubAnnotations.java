package phasebench.reports.gate;

import java.util.List;

/// A decision as workflow commands of GitHub Actions, which show as annotations on the run
/// (docs.github.com, "Workflow commands for GitHub Actions").
public final class GitHubAnnotations {
    private GitHubAnnotations() {}

    /// One line for each case that did not pass.
    public static List<String> of(GateDecision decision) {
        return decision.cases().stream()
                .filter(one -> one.result() != GateCase.Result.PASSED)
                .map(one -> "::%s title=%s::%s"
                        .formatted(
                                one.isFailure() || decision.result() == GateCase.Result.INCONCLUSIVE
                                        ? "error"
                                        : "warning",
                                property("phasebench: " + one.variant() + ", " + one.metric() + " "
                                        + one.result().word()),
                                data(one.message())))
                .toList();
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
