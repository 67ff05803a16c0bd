package phasebench.scenarios;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Phases in order, each on top of its parent, with what a plan claims of them and of several together.
///
/// @param start the state below the first phase
/// @param bases what the plan's author measured, and where on the ladder
/// @param phases every parent before its children
/// @param rows what is claimed of several phases together
public record PhaseLadder(
        String name,
        String description,
        Start start,
        Map<ClaimBase, BaseFigures> bases,
        List<OptimizationPhase> phases,
        List<CumulativeRow> rows) {
    /// Where the ladder stands.
    public record Start(String id, String description, Map<String, String> settings) {
        public Start {
            settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        }
    }

    public PhaseLadder {
        Map<ClaimBase, BaseFigures> sorted = new EnumMap<>(ClaimBase.class);
        sorted.putAll(bases);
        bases = Collections.unmodifiableMap(sorted);
        phases = List.copyOf(phases);
        rows = List.copyOf(rows);
        Set<String> ids = new HashSet<>(Set.of(start.id()));
        for (OptimizationPhase phase : phases) {
            if (!ids.contains(phase.parent())) {
                throw new IllegalArgumentException("phase " + phase.id() + " stands before its parent");
            }
            if (!ids.add(phase.id())) {
                throw new IllegalArgumentException("two phases have the id " + phase.id());
            }
        }
    }

    public Optional<OptimizationPhase> phase(String id) {
        return phases.stream().filter(phase -> phase.id().equals(id)).findFirst();
    }

    /// The phases from the first one up to `id`, parents first; none for the start.
    public List<OptimizationPhase> chain(String id) {
        List<OptimizationPhase> chain = new ArrayList<>();
        for (Optional<OptimizationPhase> phase = phase(id); phase.isPresent(); ) {
            chain.addFirst(phase.get());
            phase = phase(phase.get().parent());
        }
        return chain;
    }

    /// The relay settings with all phases up to `id`: those of the start, and every change on the way.
    public Map<String, String> settings(String id) {
        Map<String, String> settings = new LinkedHashMap<>(start.settings());
        chain(id).forEach(phase -> settings.putAll(phase.changes()));
        return settings;
    }

    /// The start and each phase as a variant.
    public List<Variant> variants() {
        List<Variant> variants = new ArrayList<>();
        variants.add(new Variant(start.id(), start.description(), start.settings(), List.of()));
        for (OptimizationPhase phase : phases) {
            variants.add(new Variant(phase.id(), phase.description(), settings(phase.id()), List.of()));
        }
        return variants;
    }

    /// The ladder up to one phase, with the rows and base figures that lie within.
    public PhaseLadder upTo(String id) {
        List<OptimizationPhase> kept = chain(id);
        Set<String> ids = new HashSet<>(Set.of(start.id()));
        kept.forEach(phase -> ids.add(phase.id()));
        return new PhaseLadder(
                name,
                description,
                start,
                bases,
                kept,
                rows.stream().filter(row -> ids.containsAll(row.phases())).toList());
    }

    /// The id on the ladder that a claim of a phase or row is counted from; empty for a base that is not
    /// known.
    ///
    /// @param phasesOfClaim the phase, or the phases of the row, in order
    public Optional<String> against(Claim claim, List<String> phasesOfClaim) {
        return claim.against() == ClaimBase.PARENT
                ? phase(phasesOfClaim.getFirst()).map(OptimizationPhase::parent)
                : Optional.ofNullable(bases.get(claim.against())).map(BaseFigures::at);
    }
}
