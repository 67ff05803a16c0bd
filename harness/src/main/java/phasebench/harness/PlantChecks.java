package phasebench.harness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import phasebench.harness.process.ReadyLine;
import phasebench.scenarios.Variant;

/// Holds what a relay says to have planted against what its variant asks for: neither more nor less.
final class PlantChecks {
    private static final String PREFIX = "plant.";

    private PlantChecks() {}

    static List<String> differences(Variant variant, ReadyLine ready) {
        Map<String, String> said = new LinkedHashMap<>();
        ready.settings().forEach((key, value) -> {
            if (key.startsWith(PREFIX)) {
                said.put(key.substring(PREFIX.length()), value);
            }
        });
        List<String> differences = new ArrayList<>();
        variant.plant().forEach((kind, amount) -> {
            String planted = said.remove(kind);
            if (!amount.equals(planted)) {
                differences.add("%s%s: asked for %s, %s"
                        .formatted(PREFIX, kind, amount, planted == null ? "none is planted" : "runs " + planted));
            }
        });
        said.forEach((kind, amount) ->
                differences.add("%s%s: nobody asked for it, and the relay runs %s".formatted(PREFIX, kind, amount)));
        return differences;
    }
}
