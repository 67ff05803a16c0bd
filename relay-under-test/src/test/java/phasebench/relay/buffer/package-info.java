/// Tests of the memory for packets.
@NullMarked
package phasebench.relay.buffer;

import org.jspecify.annotations.NullMarked;
