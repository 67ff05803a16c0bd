@NullMarked
package phasebench.relay.socket;

import org.jspecify.annotations.NullMarked;
