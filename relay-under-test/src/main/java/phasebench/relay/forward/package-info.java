/// The hot path: from an access unit to one viewer's protected packets.
@NullMarked
package phasebench.relay.forward;

import org.jspecify.annotations.NullMarked;
