package phasebench.harness.machine;

import java.util.List;
import java.util.stream.Stream;

/// Where relay and load run.
public record CpuPlacement(List<Integer> relayCores, List<Integer> loadCores, Pinning pinning) {
    public CpuPlacement {
        relayCores = List.copyOf(relayCores);
        loadCores = List.copyOf(loadCores);
    }

    /// Relay and load on each other's cores, where each has as many as the other; else as it is.
    public CpuPlacement swapped() {
        return pinning == Pinning.APART && relayCores.size() == loadCores.size()
                ? new CpuPlacement(loadCores, relayCores, pinning)
                : this;
    }

    /// All cores of both, ascending.
    public List<Integer> allCores() {
        return Stream.concat(relayCores.stream(), loadCores.stream())
                .distinct()
                .sorted()
                .toList();
    }

    /// Whether the processes are confined to their cores.
    public enum Pinning {
        APART,
        NONE
    }
}
