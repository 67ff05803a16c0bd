package phasebench.reports.comparison;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether two runs were measured on the same kind of machine, as far as their manifests tell. No manifest names its
/// host, so that two machines of one model pass for the same.
public final class Hosts {
    /// What a figure depends on and another machine has otherwise.
    private static final List<String> HARDWARE = List.of("CPU", "cores allowed", "memory", "architecture", "kernel");

    private Hosts() {}

    /// What differs, one sentence each; none for the same host.
    public static List<String> differences(Map<String, String> one, Map<String, String> other) {
        return HARDWARE.stream()
                .map(fact -> difference(fact, one.get(fact), other.get(fact)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> difference(String fact, @Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            return Optional.of(fact + " is not known of both");
        }
        return one.equals(other) ? Optional.empty() : Optional.of("%s: %s, and here %s".formatted(fact, one, other));
    }
}
