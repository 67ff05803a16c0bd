package phasebench.harness.profiler;

import java.nio.file.Path;

/// What watches the relay in a trial.
public sealed interface Profiler {
    /// Nothing: a trial whose numbers count.
    record None() implements Profiler {}

    /// async-profiler and JFR together, the same options in every variant.
    ///
    /// @param library libasyncProfiler.so
    /// @param cpuEvent what samples CPU time
    record AsyncProfilerAndJfr(Path library, CpuEvent cpuEvent) implements Profiler {}

    /// async-profiler's engines for CPU time.
    enum CpuEvent {
        /// perf_event_open(2), with kernel stacks.
        CPU("cpu"),
        /// timer_create(2): kernel time appears under the C library's functions.
        CTIMER("ctimer");

        private final String option;

        CpuEvent(String option) {
            this.option = option;
        }

        /// Name in async-profiler's options.
        public String option() {
            return option;
        }
    }
}
