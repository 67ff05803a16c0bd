@NullMarked
package phasebench.relay.forward;

import org.jspecify.annotations.NullMarked;
