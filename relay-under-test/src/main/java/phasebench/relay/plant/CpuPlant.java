package phasebench.relay.plant;

/// `cpu`: burns CPU time with a viewer's packets, as much as [CpuPrice] says at the time.
///
/// It burns for many packets at once: a processor that has some hundreds of instructions under way hides a good part
/// of a burn of 100 ns behind the memory that the relay waits for, and next to nothing of one that is 64 times as long.
final class CpuPlant extends ViewerPlant {
    /// Packets that are burnt for at once and reported together, so that viewers on several threads seldom meet.
    static final int BATCH_PACKETS = 64;

    private final CpuPrice price;
    private long burnt = 1;
    private int packets;

    CpuPlant(CpuPrice price) {
        this.price = price;
    }

    @Override
    public void packet(int bytes) {
        if (++packets == BATCH_PACKETS) {
            packets = 0;
            long ns = Math.round(BATCH_PACKETS * price.nsPerPacket());
            burnt = Burn.ns(burnt, ns);
            price.spent(BATCH_PACKETS, ns);
        }
    }

    @Override
    public void endOfUnit() {}
}
