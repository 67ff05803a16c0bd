@NullMarked
package phasebench.relay.plant;

import org.jspecify.annotations.NullMarked;
