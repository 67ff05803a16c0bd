package phasebench.reports.stats;

/// A confidence interval around an estimate.
///
/// @param confidence share (0-1) of such intervals that hold the true value
public record Interval(double estimate, double low, double high, double confidence) {
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("not an interval: " + low + " .. " + high);
        }
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("confidence is not within 0..1: " + confidence);
        }
    }

    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /// The interval of `exp(x) - 1`: from a log ratio to a relative change.
    public Interval logRatioToChange() {
        return new Interval(Math.expm1(estimate), Math.expm1(low), Math.expm1(high), confidence);
    }
}
