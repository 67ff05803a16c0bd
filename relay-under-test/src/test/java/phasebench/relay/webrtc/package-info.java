@NullMarked
package phasebench.relay.webrtc;

import org.jspecify.annotations.NullMarked;
