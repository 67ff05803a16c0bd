/// DTLS 1.2 with use_srtp (RFC 6347, RFC 5764): the handshake that yields SRTP keys, and its end.
@NullMarked
package phasebench.relay.dtls;

import org.jspecify.annotations.NullMarked;
