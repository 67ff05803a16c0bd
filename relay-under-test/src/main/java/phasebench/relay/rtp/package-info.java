/// Views of RTP, RTCP and payload formats, bounds-checked; depacketizers and packetizers.
@NullMarked
package phasebench.relay.rtp;

import org.jspecify.annotations.NullMarked;
