package phasebench.relay.plant;

import java.util.concurrent.atomic.AtomicInteger;

/// `cpu`: burns CPU time with units (frames, to one viewer each), as much as [CpuPrice] says at the time.
///
/// It burns for many packets at once: a processor that has some hundreds of instructions under way hides a good part
/// of a burn of 100 ns behind the memory that the relay waits for, and next to nothing of one that is 64 times as long.
/// And it is one for all viewers, because one for each would have to be fetched from memory: counting packets there
/// took
/// 0.4 % by itself, which nobody had asked for.
final class CpuPlant extends ViewerPlant {
    /// Units that are burnt for at once and reported together. A power of two.
    static final int BATCH_UNITS = 8;

    private final CpuPrice price;
    private final AtomicInteger units = new AtomicInteger();

    /// What came of the work, of one thread or another: only so that the JIT does not drop it.
    private long burnt = 1;

    CpuPlant(CpuPrice price) {
        this.price = price;
    }

    @Override
    public void packet(int bytes) {}

    @Override
    public void endOfUnit() {
        if ((units.incrementAndGet() & BATCH_UNITS - 1) == 0) {
            long ns = Math.round(BATCH_UNITS * price.nsPerUnit());
            burnt = Burn.ns(burnt, ns);
            price.spent(BATCH_UNITS, ns);
        }
    }
}
