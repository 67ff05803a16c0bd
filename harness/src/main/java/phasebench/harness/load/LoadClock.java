package phasebench.harness.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The clock reference that generators of one load agree on: whose clock it is, what it shows, and when the first frame
/// of each stream is due by it.
///
/// The clock is CLOCK_MONOTONIC, which System.nanoTime reads on Linux. It counts from the boot of a kernel and may be
/// shifted by a time namespace (time_namespaces(7)), so that it is named after both: generators with different names
/// have no common clock, whatever their addresses are.
///
/// @param id boot of the kernel and time namespace
/// @param nowNs what the clock showed when this was written
/// @param firstDueNs one for each stream, in the scenario's order
record LoadClock(String id, long nowNs, List<Long> firstDueNs) {
    /// A message takes no longer.
    private static final long MESSAGE_NS_MAX = 60_000_000_000L;

    /// Of a host that does not tell. Nobody shares it.
    static final String UNNAMED = "a clock without a name";

    LoadClock {
        firstDueNs = List.copyOf(firstDueNs);
    }

    /// The reference of a publisher on this host.
    static LoadClock here(List<Long> firstDueNs) {
        return new LoadClock(idHere(), System.nanoTime(), firstDueNs);
    }

    private static String idHere() {
        try {
            String boot =
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            Path namespace = Path.of("/proc/self/ns/time");
            // a kernel before 5.6 has no time namespaces, and one clock for all
            String shift = Files.isSymbolicLink(namespace)
                    ? Files.readSymbolicLink(namespace).toString()
                    : "time";
            return "CLOCK_MONOTONIC of boot " + boot + ", " + shift;
        } catch (IOException _) {
            return UNNAMED;
        }
    }

    /// Refuses a clock that is not this process's own: due times by it would mean nothing here.
    ///
    /// @throws LoadException naming both clocks
    void requireCommon() throws LoadException {
        String here = idHere();
        if (!id.equals(here) || here.equals(UNNAMED)) {
            throw new LoadException(
                    "generators on different hosts have no common clock, and latency from due time needs"
                            + " one: the publisher goes by " + id + ", this generator by " + here);
        }
        long sinceNs = System.nanoTime() - nowNs;
        if (sinceNs < 0 || sinceNs > MESSAGE_NS_MAX) {
            throw new LoadException("the clock of this generator is " + sinceNs / 1_000_000
                    + " ms apart from the publisher's, though both name it " + here);
        }
    }
}
