package phasebench.scenarios;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One relay build with its settings, JDK and JVM flags.
///
/// @param id short name, used in file names
/// @param description one sentence for the report
/// @param settings relay settings, key to value, in file order
/// @param jvmFlags flags added to those that every variant gets
/// @param plant changes planted in its relay on purpose, kind to amount ([RelayPlant]); none but in a calibration
/// @param build of the relay
/// @param jdk folder of the JDK that runs the relay; null for the one that runs phasebench
public record Variant(
        String id,
        String description,
        Map<String, String> settings,
        List<String> jvmFlags,
        Map<String, String> plant,
        RelayBuild build,
        @Nullable String jdk) {
    public Variant {
        if (!id.matches("[a-z0-9][a-z0-9-]{0,40}")) {
            throw new IllegalArgumentException("variant id is not lower-case letters, digits and '-': " + id);
        }
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        jvmFlags = List.copyOf(jvmFlags);
        plant = Collections.unmodifiableMap(new LinkedHashMap<>(plant));
    }

    /// A variant of the project's own build, on the JDK that runs phasebench, with changes planted in it.
    public Variant(
            String id,
            String description,
            Map<String, String> settings,
            List<String> jvmFlags,
            Map<String, String> plant) {
        this(id, description, settings, jvmFlags, plant, RelayBuild.PROJECT, null);
    }

    /// The same with nothing planted.
    public Variant(String id, String description, Map<String, String> settings, List<String> jvmFlags) {
        this(id, description, settings, jvmFlags, Map.of());
    }

    /// The same variant with other changes planted in its relay, under a name of its own.
    public Variant planted(String otherId, String otherDescription, Map<String, String> changes) {
        return new Variant(otherId, otherDescription, settings, jvmFlags, changes, build, jdk);
    }

    /// The same variant with another build.
    public Variant withBuild(RelayBuild other) {
        return new Variant(id, description, settings, jvmFlags, plant, other, jdk);
    }
}
