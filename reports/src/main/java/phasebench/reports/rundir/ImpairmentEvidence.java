package phasebench.reports.rundir;

import java.util.List;
import phasebench.scenarios.Impairment;

/// What the scenario asked of the network between relay and viewers, and what was done in one window.
///
/// @param set as the scenario says
/// @param media RTP packets that the relay sent for the first time
/// @param repairs RTP packets that the relay sent again
/// @param rtcp of both ways
/// @param overflows packets that the proxy itself could not keep or send: its failure, not the network's
public record ImpairmentEvidence(
        List<Impairment> set, ImpairmentCounts media, ImpairmentCounts repairs, ImpairmentCounts rtcp, long overflows) {
    public ImpairmentEvidence {
        set = List.copyOf(set);
    }
}
