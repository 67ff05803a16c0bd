package phasebench.harness.load;

import java.util.List;

/// The frames that a window counts. All generators of a load count the same ones.
///
/// @param streams one for each stream, in the scenario's order
record WindowPlan(List<Span> streams) {
    /// Plans of which each leaves twice as much time as the one before.
    private static final int ATTEMPTS_MAX = 7;

    /// @param endFrame the first frame behind the window; [#UNTIL_ASKED] in a closed drive, which learns it when the
    ///     time is over
    record Span(long firstFrame, long endFrame) {}

    static final long UNTIL_ASKED = Long.MAX_VALUE;

    WindowPlan {
        streams = List.copyOf(streams);
    }

    /// Makes plans.
    interface Planning {
        /// @param attempt from 0 on; each leaves twice as much time as the one before
        WindowPlan plan(int attempt) throws LoadException, InterruptedException;
    }

    /// Takes plans.
    interface Arming {
        /// Returns whether all sides count by the plan before its first frames leave.
        boolean isArmed(WindowPlan plan) throws LoadException, InterruptedException;
    }

    /// Plans until all sides are in time.
    ///
    /// @param firstAttempt how much time the first plan leaves
    /// @throws LoadException if even the longest notice was too short
    static void agree(int firstAttempt, Planning planning, Arming arming) throws LoadException, InterruptedException {
        for (int attempt = firstAttempt; attempt < ATTEMPTS_MAX; attempt++) {
            if (arming.isArmed(planning.plan(attempt))) {
                return;
            }
        }
        throw new LoadException("the load generator is too slow to begin a window: its core is overloaded");
    }
}
