/// The relay: its configuration and its life from start to stop.
@NullMarked
package phasebench.relay;

import org.jspecify.annotations.NullMarked;
