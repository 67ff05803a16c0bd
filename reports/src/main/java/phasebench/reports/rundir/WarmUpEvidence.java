package phasebench.reports.rundir;

import java.util.List;
import java.util.Locale;

/// How a relay became steady before its window: the stretches of time in which it was watched, beyond the least
/// warm-up.
///
/// @param tookNs time from full load to the end of the warm-up
/// @param jitShareMax share (0-1) of the relay's CPU that its JIT may use in a quiet stretch
/// @param rateApartMax how far apart (0-1, of the larger) CPU per second of two stretches may be that are quiet
/// @param isQuiet whether the last two stretches were quiet; false when the longest warm-up was over before
public record WarmUpEvidence(
        long tookNs, double jitShareMax, double rateApartMax, List<Stretch> stretches, boolean isQuiet) {
    public WarmUpEvidence {
        stretches = List.copyOf(stretches);
    }

    /// One stretch of time.
    ///
    /// @param cpuNs CPU time of the relay
    /// @param jitShare share (0-1) of it that the compilers took
    public record Stretch(long elapsedNs, long cpuNs, double jitShare) {
        /// CPU time by time, as a share of one core (0-1, or above with several cores).
        public double rate() {
            return (double) cpuNs / elapsedNs;
        }
    }

    /// `JIT 7.1 %, then 6.0 %; CPU 31.2 % of a core, then 30.9 %`: the last two stretches, in words.
    public String lastInWords() {
        if (stretches.size() < 2) {
            return "watched for too short a time";
        }
        Stretch first = stretches.get(stretches.size() - 2);
        Stretch second = stretches.getLast();
        return String.format(
                Locale.ROOT,
                "JIT %.1f %%, then %.1f %%; CPU %.1f %% of a core, then %.1f %%",
                100 * first.jitShare(),
                100 * second.jitShare(),
                100 * first.rate(),
                100 * second.rate());
    }
}
