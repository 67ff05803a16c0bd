/// The load generator's own packet code: RTP, RTCP, SRTP and STUN, sharing nothing with any relay.
@NullMarked
package phasebench.harness.load.wire;

import org.jspecify.annotations.NullMarked;
