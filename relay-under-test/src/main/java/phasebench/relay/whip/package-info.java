/// WHEP for viewers: HTTP, SDP, and the page that plays a stream.
@NullMarked
package phasebench.relay.whip;

import org.jspecify.annotations.NullMarked;
