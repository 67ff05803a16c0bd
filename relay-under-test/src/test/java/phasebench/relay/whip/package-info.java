@NullMarked
package phasebench.relay.whip;

import org.jspecify.annotations.NullMarked;
