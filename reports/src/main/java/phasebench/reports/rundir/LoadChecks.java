package phasebench.reports.rundir;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the load generator found out about the relay, itself and the network of its making in one window.
///
/// @param faults of the relay's; empty when it did all right
/// @param impairment null when the network did nothing to packets
public record LoadChecks(
        List<DeliveryFault> faults,
        HeadroomEvidence headroom,
        @Nullable ImpairmentEvidence impairment) {
    public LoadChecks {
        faults = List.copyOf(faults);
    }
}
