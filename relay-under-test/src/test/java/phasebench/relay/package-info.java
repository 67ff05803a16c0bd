@NullMarked
package phasebench.relay;

import org.jspecify.annotations.NullMarked;
