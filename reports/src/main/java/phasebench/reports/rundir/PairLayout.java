package phasebench.reports.rundir;

import java.util.List;

/// Where the two relays of a launch pair ran.
///
/// @param baselineFolder of the relay of the variant that is compared with, in the pair's folder; the
///     folders are named by place and their places drawn by lot, so that no relay can tell by a path which of
///     the two it is
/// @param candidateFolder the other one's
/// @param relayCores the cores of both relays while they were measured
/// @param loadCores the cores of the load generators
/// @param cores whether these had changed places
public record PairLayout(
        String baselineFolder, String candidateFolder, List<Integer> relayCores, List<Integer> loadCores, Cores cores) {
    /// One of the two places.
    public static final String FOLDER_A = "relay-a";

    /// The other one.
    public static final String FOLDER_B = "relay-b";

    /// As it was in launch pairs whose record says nothing of it; on which cores these ran is in the manifest.
    static final PairLayout UNKNOWN =
            new PairLayout(PairSide.BASELINE_FOLDER, PairSide.CANDIDATE_FOLDER, List.of(), List.of(), Cores.AS_PLACED);

    /// Which of its two cores an experiment gives to the relays.
    public enum Cores {
        AS_PLACED,
        SWAPPED
    }

    public PairLayout {
        relayCores = List.copyOf(relayCores);
        loadCores = List.copyOf(loadCores);
    }

    /// Whether a folder in a pair's folder is that of one of its relays, by today's names or the earlier ones.
    public static boolean isRelayFolder(String name) {
        return List.of(FOLDER_A, FOLDER_B, PairSide.BASELINE_FOLDER, PairSide.CANDIDATE_FOLDER)
                .contains(name);
    }

    /// Whether the baseline had the first place.
    public boolean baselineHasPlaceA() {
        return baselineFolder.equals(FOLDER_A);
    }
}
