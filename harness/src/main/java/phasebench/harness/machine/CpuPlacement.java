package phasebench.harness.machine;

import java.util.List;

/// Where relay and load run.
public record CpuPlacement(List<Integer> relayCores, List<Integer> loadCores, Pinning pinning) {
    public CpuPlacement {
        relayCores = List.copyOf(relayCores);
        loadCores = List.copyOf(loadCores);
    }

    /// Whether the processes are confined to their cores.
    public enum Pinning {
        APART,
        NONE
    }
}
