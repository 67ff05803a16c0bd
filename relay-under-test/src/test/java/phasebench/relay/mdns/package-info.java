@NullMarked
package phasebench.relay.mdns;

import org.jspecify.annotations.NullMarked;
