@NullMarked
package phasebench.relay.buffer;

import org.jspecify.annotations.NullMarked;
