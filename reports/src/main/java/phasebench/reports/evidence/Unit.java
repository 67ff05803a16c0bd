package phasebench.reports.evidence;

/// What a metric counts in; pages scale it (ns to ms, bytes to MiB), files never do.
public enum Unit {
    NANOSECONDS("ns"),
    BYTES("bytes"),
    /// 0-100 of one core.
    PERCENT("%"),
    /// 0-1.
    SHARE("share"),
    PER_SECOND("/s"),
    COUNT("");

    private final String symbol;

    Unit(String symbol) {
        this.symbol = symbol;
    }

    /// As files write it; empty for a plain count.
    public String symbol() {
        return symbol;
    }
}
