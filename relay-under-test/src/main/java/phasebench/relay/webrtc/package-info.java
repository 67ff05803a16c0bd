/// One viewer's WebRTC session: ICE, DTLS and SRTP, and its place on the shared UDP port.
@NullMarked
package phasebench.relay.webrtc;

import org.jspecify.annotations.NullMarked;
