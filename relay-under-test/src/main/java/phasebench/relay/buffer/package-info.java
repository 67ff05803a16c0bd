/// Memory for packets: the `buffers` setting.
@NullMarked
package phasebench.relay.buffer;

import org.jspecify.annotations.NullMarked;
