package phasebench.relay.rtsp;

import java.time.Duration;

/// When a connection's time runs out (System.nanoTime); moved by any thread that hears of its client.
final class Deadline {
    private volatile long atNs;

    Deadline(Duration fromNow) {
        set(System.nanoTime(), fromNow);
    }

    void set(long nowNs, Duration fromThen) {
        atNs = nowNs + fromThen.toNanos();
    }

    boolean isOver(long nowNs) {
        return nowNs - atNs > 0;
    }
}
