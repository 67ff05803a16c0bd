/// Publishers, viewers and the streams between them: the control plane.
@NullMarked
package phasebench.relay.stream;

import org.jspecify.annotations.NullMarked;
