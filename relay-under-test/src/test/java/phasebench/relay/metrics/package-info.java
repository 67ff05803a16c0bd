@NullMarked
package phasebench.relay.metrics;

import org.jspecify.annotations.NullMarked;
