/// Measures the load generator itself: what it costs to receive and audit a packet.
@NullMarked
package phasebench.harness.load.bench;

import org.jspecify.annotations.NullMarked;
