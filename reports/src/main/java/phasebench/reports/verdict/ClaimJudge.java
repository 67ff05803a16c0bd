package phasebench.reports.verdict;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import phasebench.reports.stats.Interval;
import phasebench.scenarios.Claim;
import phasebench.scenarios.ClaimRange;

/// Holds a measured interval against what was expected, both in the unit of the claim: confirmed, when
/// the interval lies within the range plus the margin; exceeded or refuted, when it lies wholly beyond or
/// wholly short of that; else inconclusive.
///
/// The range is as wide as its digits: -75 means -75.5 to -74.5. Beyond a claimed reduction is lower,
/// beyond a claimed increase is higher; beyond a level or `unchanged` is lower, because lower is better.
/// Each claim is judged by itself: a true one is refuted with a chance of at most (1 - confidence) / 2.
public final class ClaimJudge {
    private ClaimJudge() {}

    /// @param measured in the unit of the claim, percent for a relative one; null where there is none
    /// @param margin in the same unit
    public static ClaimVerdict judge(Claim claim, @Nullable Interval measured, double margin) {
        if (measured == null) {
            return ClaimVerdict.INCONCLUSIVE;
        }
        ClaimRange range = claim.range();
        boolean isOnlyADirection = isOnlyASign(claim);
        double from = range.from() == null
                ? Double.NEGATIVE_INFINITY
                : range.from().doubleValue() - margin - (isOnlyADirection ? 0 : rounding(range.from()));
        double to = range.to() == null
                ? Double.POSITIVE_INFINITY
                : range.to().doubleValue() + margin + (isOnlyADirection ? 0 : rounding(range.to()));
        if (measured.low() >= from && measured.high() <= to) {
            return ClaimVerdict.CONFIRMED;
        }
        boolean isBelow = measured.high() < from;
        boolean isAbove = measured.low() > to;
        if (!isBelow && !isAbove) {
            return ClaimVerdict.INCONCLUSIVE;
        }
        return isBelow == isLowerBeyond(claim) ? ClaimVerdict.EXCEEDED : ClaimVerdict.REFUTED;
    }

    /// Whether all that is claimed is a sign, or no change: 0 is the same in every unit.
    public static boolean isOnlyASign(Claim claim) {
        return isZeroOrNone(claim.range().from()) && isZeroOrNone(claim.range().to());
    }

    private static boolean isLowerBeyond(Claim claim) {
        BigDecimal from = claim.range().from();
        BigDecimal to = claim.range().to();
        boolean isIncrease = from != null && from.signum() >= 0 && (to == null || to.signum() > 0);
        return claim.statement() == Claim.Statement.LEVEL || !isIncrease;
    }

    private static boolean isZeroOrNone(@Nullable BigDecimal bound) {
        return bound == null || bound.signum() == 0;
    }

    /// Half a unit of the last digit that was written.
    private static double rounding(BigDecimal bound) {
        return BigDecimal.ONE.movePointLeft(Math.max(0, bound.scale())).doubleValue() / 2;
    }
}
