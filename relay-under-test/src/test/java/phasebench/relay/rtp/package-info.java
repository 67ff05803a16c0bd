@NullMarked
package phasebench.relay.rtp;

import org.jspecify.annotations.NullMarked;
