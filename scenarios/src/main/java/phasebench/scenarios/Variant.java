package phasebench.scenarios;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One relay build with its settings and JVM flags.
///
/// @param id short name, used in file names
/// @param description one sentence for the report
/// @param settings relay settings, key to value, in file order
/// @param jvmFlags flags added to those that every variant gets
/// @param plant changes planted in its relay on purpose, kind to amount ([RelayPlant]); none but in a calibration
public record Variant(
        String id, String description, Map<String, String> settings, List<String> jvmFlags, Map<String, String> plant) {
    public Variant {
        if (!id.matches("[a-z0-9][a-z0-9-]{0,40}")) {
            throw new IllegalArgumentException("variant id is not lower-case letters, digits and '-': " + id);
        }
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        jvmFlags = List.copyOf(jvmFlags);
        plant = Collections.unmodifiableMap(new LinkedHashMap<>(plant));
    }

    /// With nothing planted.
    public Variant(String id, String description, Map<String, String> settings, List<String> jvmFlags) {
        this(id, description, settings, jvmFlags, Map.of());
    }
}
