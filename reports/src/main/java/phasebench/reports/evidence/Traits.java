package phasebench.reports.evidence;

/// How a metric is weighed and compared.
public record Traits(Tier tier, Direction better, Comparison comparison) {
    static final Traits PRIMARY_LOWER = new Traits(Tier.PRIMARY, Direction.LOWER, Comparison.RATIO);
    static final Traits PRIMARY_COUNT = new Traits(Tier.PRIMARY, Direction.LOWER, Comparison.DIFFERENCE);
    static final Traits GUARD_LOWER = new Traits(Tier.GUARD, Direction.LOWER, Comparison.RATIO);
    static final Traits GUARD_DIFFERENCE = new Traits(Tier.GUARD, Direction.LOWER, Comparison.DIFFERENCE);
    static final Traits LOWER = new Traits(Tier.SECONDARY, Direction.LOWER, Comparison.RATIO);
    static final Traits LOWER_DIFFERENCE = new Traits(Tier.SECONDARY, Direction.LOWER, Comparison.DIFFERENCE);
    static final Traits LOWER_COUNT = new Traits(Tier.SECONDARY, Direction.LOWER, Comparison.DIFFERENCE);
    static final Traits HIGHER = new Traits(Tier.SECONDARY, Direction.HIGHER, Comparison.RATIO);
    static final Traits COUNT = new Traits(Tier.SECONDARY, Direction.NEITHER, Comparison.DIFFERENCE);
    static final Traits NEUTRAL = new Traits(Tier.SECONDARY, Direction.NEITHER, Comparison.RATIO);

    /// What a metric is for.
    public enum Tier {
        /// What an optimization is for.
        PRIMARY,
        /// What it must not spoil.
        GUARD,
        /// Shown, without a word of its own.
        SECONDARY
    }

    /// Which way is better.
    public enum Direction {
        LOWER,
        HIGHER,
        NEITHER
    }

    /// How two variants are compared.
    public enum Comparison {
        /// By log ratios.
        RATIO,
        /// By differences: counts, and what may be 0 or nearly.
        DIFFERENCE
    }
}
