package phasebench.relay.forward;

/// When a late joiner is sent each unit: on the publisher's own time line, run at four times its speed from the moment
/// of joining, until it meets the present. All times by System.nanoTime. Owned by the writer thread.
public final class CatchUpPace {
    static final int SPEED = 4;

    private final long beginNs;
    private final long firstArrivalNs;

    /// @param beginNs when the first unit is sent
    /// @param firstArrivalNs when the relay got that unit
    public CatchUpPace(long beginNs, long firstArrivalNs) {
        this.beginNs = beginNs;
        this.firstArrivalNs = firstArrivalNs;
    }

    /// How long a unit still has to wait; 0 or less for not at all.
    public long waitNs(long arrivalNs, long nowNs) {
        return beginNs + (arrivalNs - firstArrivalNs) / SPEED - nowNs;
    }
}
