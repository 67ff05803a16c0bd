/// The UDP sockets of the viewers, and the ways packets reach the kernel.
@NullMarked
package phasebench.relay.socket;

import org.jspecify.annotations.NullMarked;
