/// What the JMH benchmarks of the hot paths share.
@NullMarked
package phasebench.relay.benchmark;

import org.jspecify.annotations.NullMarked;
