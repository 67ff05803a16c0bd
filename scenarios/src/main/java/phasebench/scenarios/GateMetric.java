package phasebench.scenarios;

/// What a gate may judge: the primary metrics, lower is better.
public enum GateMetric {
    CPU("cpuNsPerPacket"),
    HEAP("heapLiveBytesPerViewer"),
    GOROUTINES("goroutineEquivalentsPerViewer");

    private final String id;

    GateMetric(String id) {
        this.id = id;
    }

    /// The metric's id in the catalogue of the reports, which is also its word in files.
    public String id() {
        return id;
    }
}
