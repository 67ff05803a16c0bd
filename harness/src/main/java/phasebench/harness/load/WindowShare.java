package phasebench.harness.load;

import java.util.List;
import phasebench.harness.load.audit.ViewerTally;
import phasebench.reports.rundir.LoadEvidence;

/// What one generator counted of a window: enough for [SharedWindow] to put several together as if one had counted all.
///
/// @param counted of this generator's viewers and publishers; its faults are not looked for yet
/// @param viewers the audit of each track of each viewer that this generator carried
/// @param pictureNs how long each viewer that came in the window waited for its first frame
record WindowShare(LoadEvidence counted, List<ViewerTally> viewers, List<Long> pictureNs) {
    WindowShare {
        viewers = List.copyOf(viewers);
        pictureNs = List.copyOf(pictureNs);
    }
}
