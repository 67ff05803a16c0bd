/// The one UDP socket of all viewers, and the ways packets reach the kernel.
@NullMarked
package phasebench.relay.socket;

import org.jspecify.annotations.NullMarked;
