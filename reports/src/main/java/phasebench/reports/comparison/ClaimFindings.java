package phasebench.reports.comparison;

import org.jspecify.annotations.Nullable;
import phasebench.reports.comparison.LadderResult.ClaimFinding;
import phasebench.reports.comparison.LadderResult.Measured;
import phasebench.reports.stats.Change;
import phasebench.reports.stats.Interval;
import phasebench.reports.verdict.ClaimJudge;
import phasebench.reports.verdict.ClaimVerdict;
import phasebench.reports.verdict.Judge;
import phasebench.reports.verdict.Rules;
import phasebench.scenarios.Claim;
import phasebench.scenarios.ClaimUnit;

/// Brings what was measured into the unit of a claim and has the claim judged. Where the units do not
/// meet, there is no verdict: percent and percentage points are never turned into each other.
final class ClaimFindings {
    /// The megabyte of Go's profiles, which the plan's figures come from.
    private static final double MEGABYTE = 1 << 20;

    private ClaimFindings() {}

    /// @param baseMean mean of the metric under the variant that a change is counted from, in its own
    ///     unit; 0 if none
    static ClaimFinding of(Claim claim, Measured measured, double baseMean) {
        String obstacle = obstacle(claim, measured);
        if (obstacle != null) {
            return new ClaimFinding(claim.text(), ClaimVerdict.INCONCLUSIVE, obstacle);
        }
        double unit = measured.kind().equals("relative") ? 0.01 : claim.unit() == ClaimUnit.MEGABYTES ? MEGABYTE : 1;
        Interval interval = interval(measured, unit);
        double margin = Rules.MARGIN_EXPERIMENT
                * switch (measured.kind()) {
                    case "relative" -> 100;
                    case "level" -> Math.abs(interval.estimate());
                    default -> Math.abs(baseMean) / unit;
                };
        ClaimVerdict verdict = ClaimJudge.judge(claim, interval, margin);
        return new ClaimFinding(claim.text(), verdict, reason(verdict));
    }

    /// Why there can be no verdict; null where there can.
    private static @Nullable String obstacle(Claim claim, Measured measured) {
        boolean isExact = measured.note().equals("exact");
        if (measured.estimate() == null) {
            return "There is no number: " + measured.note() + ".";
        }
        if (!isExact && (measured.low() == null || measured.high() == null || measured.n() < Judge.N_MIN)) {
            return "Too few pairs (%d) to tell, need >= %d.".formatted(measured.n(), Judge.N_MIN);
        }
        if (claim.unit() == ClaimUnit.PERCENT_OF_CORE) {
            return "How much of a core the relay takes belongs to the machine that the claim was made on; this one neither"
                    + " confirms nor refutes it.";
        }
        if (claim.unit() == ClaimUnit.RELATIVE
                && !measured.kind().equals("relative")
                && !ClaimJudge.isOnlyASign(claim)) {
            return "The claim is in percent, and what was measured is a difference from 0, which has none.";
        }
        return null;
    }

    private static Interval interval(Measured measured, double unit) {
        double estimate = measured.estimate() == null ? Double.NaN : measured.estimate();
        double low = measured.low() == null ? estimate : measured.low();
        double high = measured.high() == null ? estimate : measured.high();
        return new Interval(estimate / unit, low / unit, high / unit, Change.CONFIDENCE);
    }

    private static String reason(ClaimVerdict verdict) {
        return switch (verdict) {
            case CONFIRMED -> "The interval lies within the range, margin included.";
            case EXCEEDED -> "The interval lies wholly beyond the range.";
            case REFUTED -> "The interval falls wholly short of the range.";
            case INCONCLUSIVE -> "The interval reaches into the range and out of it.";
        };
    }
}
