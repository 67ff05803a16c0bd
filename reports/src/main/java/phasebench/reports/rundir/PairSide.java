package phasebench.reports.rundir;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One of the two relays of a launch pair.
///
/// @param relayCommand the relay's command line
/// @param ready the relay's READY line, or null when it never came
/// @param before reading when its load generator had begun to count; null when the pair did not get there
/// @param after reading when its load generator had ceased to count; null when the pair did not get there
/// @param load what was offered and came back between these two; all measured windows lie within
public record PairSide(
        String variant,
        List<String> relayCommand,
        @Nullable String ready,
        @Nullable ProcessReading before,
        @Nullable ProcessReading after,
        @Nullable LoadEvidence load) {
    /// The folder of the relay of the variant that is compared with, where folders were named by role.
    static final String BASELINE_FOLDER = "baseline";

    /// The other one's.
    static final String CANDIDATE_FOLDER = "candidate";

    public PairSide {
        relayCommand = List.copyOf(relayCommand);
    }
}
