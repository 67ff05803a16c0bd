package phasebench.scenarios;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Two variants that are measured side by side, by their ids.
public record Couple(String baseline, String candidate) {
    /// All couples of an experiment of launch pairs, each once: every phase of a ladder with what the experiment says
    /// (its parent and the start are one couple where they are the same), every variant without a ladder with the
    /// baseline. None in an experiment without launch pairs.
    ///
    /// @param ladder the phases that the variants come from; null for none
    public static List<Couple> of(ExperimentSpec spec, @Nullable PhaseLadder ladder) {
        DuetSpec duet = spec.duet();
        if (duet == null) {
            return List.of();
        }
        Set<Couple> couples = new LinkedHashSet<>();
        for (Variant variant : spec.variants()) {
            if (!variant.id().equals(spec.baseline())) {
                couples.addAll(ofCandidate(spec, variant.id(), ladder, duet.against()));
            }
        }
        return List.copyOf(couples);
    }

    private static List<Couple> ofCandidate(
            ExperimentSpec spec, String candidate, @Nullable PhaseLadder ladder, List<DuetSpec.Against> against) {
        Couple withBaseline = new Couple(spec.baseline(), candidate);
        if (ladder == null || ladder.phase(candidate).isEmpty()) {
            return List.of(withBaseline);
        }
        List<Couple> couples = new ArrayList<>();
        for (DuetSpec.Against one : against) {
            couples.add(
                    switch (one) {
                        case PARENT ->
                            parent(spec, candidate, ladder)
                                    .map(parent -> new Couple(parent, candidate))
                                    .orElse(withBaseline);
                        case START -> withBaseline;
                    });
        }
        return couples;
    }

    /// The nearest state below a phase that is part of the experiment: a phase in between may have been left out.
    private static Optional<String> parent(ExperimentSpec spec, String candidate, PhaseLadder ladder) {
        Set<String> chosen = spec.variants().stream().map(Variant::id).collect(Collectors.toSet());
        List<OptimizationPhase> chain = ladder.chain(candidate);
        for (int i = chain.size() - 1; i >= 0; i--) {
            if (chosen.contains(chain.get(i).parent())) {
                return Optional.of(chain.get(i).parent());
            }
        }
        return Optional.empty();
    }
}
