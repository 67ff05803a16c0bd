package phasebench.reports.rundir;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Whether the JVM encrypts with the processor's own instructions: what the processor offers, what the JVM says, and
/// what both come to, measured by the same loop in two JVMs, the second without intrinsics.
///
/// @param cpuFlags those of /proc/cpuinfo that matter here and are there
/// @param jvmFlags effective values of the JVM flags that switch intrinsics, flag to value
public record IntrinsicsEvidence(List<String> cpuFlags, Map<String, String> jvmFlags, List<Part> parts) {
    public IntrinsicsEvidence {
        cpuFlags = List.copyOf(cpuFlags);
        jvmFlags = Collections.unmodifiableMap(new LinkedHashMap<>(jvmFlags));
        parts = List.copyOf(parts);
    }

    /// One algorithm, by the JDK's own provider.
    ///
    /// @param name such as `AES-CTR`
    /// @param cpuNsPerPacketOn with the relay's JVM flags; the least of all rounds
    /// @param cpuNsPerPacketOff with all intrinsics of this kind switched off; the least of all rounds
    /// @param slowdownMin how many times slower it has to be without them, for them to be in use
    public record Part(String name, double cpuNsPerPacketOn, double cpuNsPerPacketOff, double slowdownMin) {
        /// How many times slower it is without intrinsics.
        public double slowdown() {
            return cpuNsPerPacketOff / cpuNsPerPacketOn;
        }

        public boolean isInUse() {
            return slowdown() >= slowdownMin;
        }
    }
}
