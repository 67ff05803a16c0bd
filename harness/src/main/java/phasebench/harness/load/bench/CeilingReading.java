package phasebench.harness.load.bench;

import java.util.List;

/// What [CeilingMain] found; see [phasebench.reports.rundir.CeilingEvidence], which also knows what is asked for.
record CeilingReading(
        int schemaVersion,
        String engine,
        int viewers,
        List<Double> cpuNsPerPacket,
        long packetsMissing,
        String complaint) {
    static final int SCHEMA_VERSION = 1;
}
