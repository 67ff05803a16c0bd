/// ICE-lite's share of STUN (RFC 8489, RFC 8445): Binding requests in, responses out.
@NullMarked
package phasebench.relay.ice;

import org.jspecify.annotations.NullMarked;
