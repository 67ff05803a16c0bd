/// The audit of what viewers get: sequence numbers, frames on the grid, content of a seeded share, latency from due
/// time.
@NullMarked
package phasebench.harness.load.audit;

import org.jspecify.annotations.NullMarked;
