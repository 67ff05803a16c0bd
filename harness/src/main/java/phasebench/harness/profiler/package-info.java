/// Profilers of the profiled trials: async-profiler and JFR, driven by `jcmd`, and flame graphs made of their
/// recordings.
@NullMarked
package phasebench.harness.profiler;

import org.jspecify.annotations.NullMarked;
