package phasebench.relay.plant;

/// `cpu`: burns CPU time with each packet, as much as [CpuPrice] says at the time.
final class CpuPlant extends ViewerPlant {
    /// Packets between two reports, so that viewers on several threads seldom meet.
    static final int BATCH_PACKETS = 64;

    private final CpuPrice price;
    private long spun = 1;
    private int packets;
    private long steps;

    CpuPlant(CpuPrice price) {
        this.price = price;
    }

    @Override
    public void packet(int bytes) {
        int now = price.stepsPerPacket();
        spun = Spin.steps(spun, now);
        steps += now;
        if (++packets == BATCH_PACKETS) {
            price.spent(packets, steps);
            packets = 0;
            steps = 0;
        }
    }

    @Override
    public void endOfUnit() {}
}
