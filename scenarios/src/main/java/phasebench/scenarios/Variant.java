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
public record Variant(String id, String description, Map<String, String> settings, List<String> jvmFlags) {
    public Variant {
        if (!id.matches("[a-z0-9][a-z0-9-]{0,40}")) {
            throw new IllegalArgumentException("variant id is not lower-case letters, digits and '-': " + id);
        }
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        jvmFlags = List.copyOf(jvmFlags);
    }
}
