@NullMarked
package phasebench.relay.srtp;

import org.jspecify.annotations.NullMarked;
