@NullMarked
package phasebench.relay.stream;

import org.jspecify.annotations.NullMarked;
