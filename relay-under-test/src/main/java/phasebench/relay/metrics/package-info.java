/// What the relay counts about itself, and the Prometheus text it says it in.
@NullMarked
package phasebench.relay.metrics;

import org.jspecify.annotations.NullMarked;
