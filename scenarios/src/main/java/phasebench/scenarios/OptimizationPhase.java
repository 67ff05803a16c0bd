package phasebench.scenarios;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One optimization phase: what it changes on top of its parent, and what was expected of it.
///
/// @param id short name; also that of its variant
/// @param parent id of the phase below it, or of the start
/// @param changes relay settings that it switches
/// @param claims empty for a phase that nobody claimed anything of
public record OptimizationPhase(
        String id, String parent, String description, Map<String, String> changes, List<Claim> claims, PlanEntry plan) {
    public OptimizationPhase {
        changes = Collections.unmodifiableMap(new LinkedHashMap<>(changes));
        claims = List.copyOf(claims);
    }
}
