package phasebench.relay.socket;

import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/// The slabs that no unit is being sent from. A slab is borrowed until the next flush, so that there are as
/// many as threads are sending at one moment (about one per core), not as many as viewers.
final class SlabPool {
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<SendSlab> idle = new ArrayDeque<>();

    SendSlab borrow() {
        lock.lock();
        try {
            var slab = idle.poll();
            // freed by the garbage collector together with the pool: nothing can still be writing to it then
            return slab == null ? new SendSlab(Arena.ofAuto()) : slab;
        } finally {
            lock.unlock();
        }
    }

    void giveBack(SendSlab slab) {
        slab.clear();
        lock.lock();
        try {
            idle.push(slab);
        } finally {
            lock.unlock();
        }
    }
}
