package phasebench.reports.rundir;

/// The files that a trial's folder may hold beside `trial.json`.
public enum Artifact {
    RELAY_CONFIG("relay.yaml", "configuration of the relay"),
    RELAY_LOG("relay.log", "log of the relay"),
    RELAY_COUNTERS("counters.prom", "counters of the relay at its end"),
    LOAD_LOG("load.log", "log of the load generator"),
    RECORDING("profile.jfr", "recording of async-profiler"),
    JFR_RECORDING("jfr.jfr", "recording of the JVM (JFR)"),
    FLAME_GRAPH_CPU("flame-cpu.html", "flame graph: CPU"),
    FLAME_GRAPH_ALLOCATION("flame-alloc.html", "flame graph: allocation"),
    FLAME_GRAPH_LOCK("flame-lock.html", "flame graph: locks"),
    FLAME_GRAPH_NATIVE_MEMORY("flame-nativemem.html", "flame graph: native memory");

    /// How names of flame graphs begin; each is one HTML file.
    public static final String FLAME_GRAPH_PREFIX = "flame-";

    private final String fileName;
    private final String description;

    Artifact(String fileName, String description) {
        this.fileName = fileName;
        this.description = description;
    }

    public String fileName() {
        return fileName;
    }

    /// What the file is, as the report calls it.
    public String description() {
        return description;
    }
}
