package phasebench.reports.rundir;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What this machine charges for the bare minimum, by straight calls without a relay around them: the file
/// `floor.json` of a run. CPU is that of the calling thread, what the kernel does in its name included.
///
/// @param packetBytes of one packet before protection, RTP header included
/// @param destinations sockets that the packets go to in turn, each with a key of its own
/// @param framePackets packets that go to one destination in a row
/// @param packetsPerRound packets of each kind in each round
/// @param jvmFlags of the process that measured: those that every relay gets
/// @param libcrypto version and file name of OpenSSL's library, or why there is none
/// @param readings in the order of their measurement
/// @param intrinsics null when they were not looked at
public record FloorEvidence(
        int schemaVersion,
        int packetBytes,
        int destinations,
        int framePackets,
        int packetsPerRound,
        List<String> jvmFlags,
        String libcrypto,
        List<FloorReading> readings,
        @Nullable IntrinsicsEvidence intrinsics) {
    /// The version that this code writes.
    public static final int SCHEMA_VERSION = 1;

    public FloorEvidence {
        jvmFlags = List.copyOf(jvmFlags);
        readings = List.copyOf(readings);
    }

    /// The same floor with what was found out about intrinsics.
    public FloorEvidence with(IntrinsicsEvidence found) {
        return new FloorEvidence(
                schemaVersion,
                packetBytes,
                destinations,
                framePackets,
                packetsPerRound,
                jvmFlags,
                libcrypto,
                readings,
                found);
    }

    /// The reading of one kind; empty if this floor has no such kind.
    public Optional<FloorReading> reading(FloorKind kind) {
        return readings.stream().filter(reading -> reading.kind().equals(kind)).findFirst();
    }
}
