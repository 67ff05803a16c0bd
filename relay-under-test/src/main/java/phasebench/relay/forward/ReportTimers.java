package phasebench.relay.forward;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;

/// Timers of sender reports: one per track and viewer, on one thread for all.
///
/// @param interval between two reports of a track
public record ReportTimers(ScheduledExecutorService executor, Duration interval, RelayMetrics metrics) {
    public Future<?> start(Runnable reportDue) {
        return executor.scheduleAtFixedRate(
                () -> {
                    metrics.increment(RelayCounter.TIMERS_FIRED);
                    reportDue.run();
                },
                interval.toNanos(),
                interval.toNanos(),
                TimeUnit.NANOSECONDS);
    }
}
