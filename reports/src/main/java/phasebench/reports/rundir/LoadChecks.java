package phasebench.reports.rundir;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the load generator found out about the relay, itself and the network of its making in one window.
///
/// @param faults of the relay's; empty when it did all right
/// @param headroom of the generator that fared worst, figure by figure
/// @param impairment null when the network did nothing to packets
/// @param generators one for each generator process; empty in evidence from before they were listed
public record LoadChecks(
        List<DeliveryFault> faults,
        HeadroomEvidence headroom,
        @Nullable ImpairmentEvidence impairment,
        List<GeneratorEvidence> generators) {
    public LoadChecks {
        faults = List.copyOf(faults);
        generators = List.copyOf(generators);
    }

    /// Of a generator about which nothing is listed.
    public LoadChecks(List<DeliveryFault> faults, HeadroomEvidence headroom, @Nullable ImpairmentEvidence impairment) {
        this(faults, headroom, impairment, List.of());
    }
}
