package phasebench.scenarios;

import java.util.List;

/// What the plan claims of several phases together.
///
/// @param phases ids, in the order of the ladder
public record CumulativeRow(String id, String description, List<String> phases, List<Claim> claims) {
    public CumulativeRow {
        phases = List.copyOf(phases);
        claims = List.copyOf(claims);
        if (phases.isEmpty()) {
            throw new IllegalArgumentException("a row needs a phase: " + id);
        }
    }
}
