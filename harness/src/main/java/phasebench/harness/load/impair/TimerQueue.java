package phasebench.harness.load.impair;

import java.util.PriorityQueue;

/// What is to be done later, by time and then in the order of asking. Not thread-safe.
final class TimerQueue {
    /// Done at its time.
    interface Action {
        void run(long nowNs);
    }

    private record Entry(long dueNs, long number, Action action) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = Long.signum(dueNs - other.dueNs);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long numbers;

    void add(long dueNs, Action action) {
        entries.add(new Entry(dueNs, numbers++, action));
    }

    int size() {
        return entries.size();
    }

    /// Does all that is due by now.
    void runDue(long nowNs) {
        for (Entry next = entries.peek(); next != null && next.dueNs - nowNs <= 0; next = entries.peek()) {
            entries.poll();
            next.action.run(nowNs);
        }
    }
}
