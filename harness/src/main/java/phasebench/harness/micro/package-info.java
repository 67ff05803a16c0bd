/// Benchmarks of the relay's hot paths, run in a process of their own.
@NullMarked
package phasebench.harness.micro;

import org.jspecify.annotations.NullMarked;
