package phasebench.reports.noise;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Tells machines apart by what their numbers depend on, from the facts in a manifest. Holds no name of host or user.
public final class HostFingerprint {
    /// Facts of the environment, by their labels there. A kernel or a JDK of another version is another machine.
    private static final List<String> LABELS =
            List.of("CPU", "cores allowed", "memory", "kernel", "architecture", "JDK");

    private static final int HEX_DIGITS = 12;

    private HostFingerprint() {}

    /// Twelve hexadecimal digits.
    ///
    /// @param environment as in a manifest; a fact that is missing counts as unknown
    public static String of(Map<String, String> environment) {
        String facts = LABELS.stream()
                .map(label -> label + "=" + environment.getOrDefault(label, "unknown"))
                .collect(Collectors.joining("\n"));
        return ShortDigest.of(facts, HEX_DIGITS);
    }

    /// The facts in which two environments differ, as `label: one, other`; none on the same machine.
    public static List<String> differences(Map<String, String> one, Map<String, String> other) {
        return LABELS.stream()
                .filter(label -> !one.getOrDefault(label, "unknown").equals(other.getOrDefault(label, "unknown")))
                .map(label -> "%s: %s, %s"
                        .formatted(label, one.getOrDefault(label, "unknown"), other.getOrDefault(label, "unknown")))
                .toList();
    }
}
