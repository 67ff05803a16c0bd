@NullMarked
package phasebench.relay.ice;

import org.jspecify.annotations.NullMarked;
