package phasebench.relay.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Timers of one shard: a hashed wheel (Varghese and Lauck 1987, scheme 6) of 512 slots of 4 ms. Setting
/// and firing take a constant time, however many there are. Owned by the shard's thread.
///
/// A loose timer lies in the slot of the last tick that is good enough for it, and fires in any turn since it is due:
/// a wheel that turns for other reasons, such as a frame, need not turn for it as well (timer slack, as prctl(2) has
/// it).
final class TimerWheel {
    static final long TICK_NS = 4_000_000;

    /// 48 ms: a turn for each frame of 25 per second or more.
    static final int SLACK_TICKS = 12;

    private static final int SLOT_COUNT = 512;

    /// One timer, and the way to cancel it.
    static final class Timer {
        private final long dueTick;
        private final long lastTick;
        private final Runnable action;
        private boolean isCancelled;

        private Timer(long dueTick, long lastTick, Runnable action) {
            this.dueTick = dueTick;
            this.lastTick = lastTick;
            this.action = action;
        }

        /// It never fires from now on; its slot lets go of it when its time comes.
        void cancel() {
            isCancelled = true;
        }
    }

    private final List<List<Timer>> slots = new ArrayList<>(SLOT_COUNT);
    private final List<Timer> due = new ArrayList<>();
    private final long beginNs;
    private long tick;
    private int count;

    /// @param beginNs now, by the clock of all later calls
    TimerWheel(long beginNs) {
        this.beginNs = beginNs;
        for (int i = 0; i < SLOT_COUNT; i++) {
            slots.add(new ArrayList<>(0));
        }
    }

    /// Has an action run once, no sooner than after that time.
    Timer schedule(long nowNs, long delayNs, Runnable action) {
        return schedule(nowNs, delayNs, 0, action);
    }

    /// Has an action run once, no sooner than after that time, and up to 48 ms later.
    Timer scheduleLoosely(long nowNs, long delayNs, Runnable action) {
        return schedule(nowNs, delayNs, SLACK_TICKS, action);
    }

    private Timer schedule(long nowNs, long delayNs, int slackTicks, Runnable action) {
        long dueTick = Math.max(tick + 1, Math.ceilDiv(nowNs + Math.max(0, delayNs) - beginNs, TICK_NS));
        var timer = new Timer(dueTick, dueTick + slackTicks, action);
        slots.get((int) (timer.lastTick % SLOT_COUNT)).add(timer);
        count++;
        return timer;
    }

    /// Runs what is due.
    ///
    /// @param runner runs an action, and lets no exception of it through
    /// @return how many ran
    int advance(long nowNs, Consumer<Runnable> runner) {
        long nowTick = Math.floorDiv(nowNs - beginNs, TICK_NS);
        // after a long pause one turn passes every slot
        long last = Math.min(nowTick + SLACK_TICKS, tick + SLOT_COUNT);
        for (long passed = tick + 1; passed <= last; passed++) {
            collect(slots.get((int) (passed % SLOT_COUNT)), nowTick);
        }
        tick = Math.max(tick, nowTick);
        int fired = 0;
        for (var timer : due) {
            if (!timer.isCancelled) {
                fired++;
                runner.accept(timer.action);
            }
        }
        due.clear();
        return fired;
    }

    /// How long nothing has to be run; a turn of the wheel, about 2 s, when there are no timers.
    long untilNextNs(long nowNs) {
        if (count > 0) {
            for (long next = tick + 1; next <= tick + SLOT_COUNT; next++) {
                if (isAwaited(slots.get((int) (next % SLOT_COUNT)), next)) {
                    return Math.max(0, beginNs + next * TICK_NS - nowNs);
                }
            }
        }
        return SLOT_COUNT * TICK_NS;
    }

    /// Whether a timer of the slot cannot wait longer; others have turns of the wheel before them.
    private static boolean isAwaited(List<Timer> slot, long atTick) {
        for (int i = 0; i < slot.size(); i++) {
            var timer = slot.get(i);
            if (timer.lastTick <= atTick && !timer.isCancelled) {
                return true;
            }
        }
        return false;
    }

    private void collect(List<Timer> slot, long nowTick) {
        int kept = 0;
        for (int i = 0; i < slot.size(); i++) {
            var timer = slot.get(i);
            if (timer.dueTick <= nowTick || timer.isCancelled) {
                due.add(timer);
                count--;
            } else {
                slot.set(kept++, timer);
            }
        }
        // one by one: a view of the rest would be garbage at every tick
        while (slot.size() > kept) {
            slot.removeLast();
        }
    }
}
