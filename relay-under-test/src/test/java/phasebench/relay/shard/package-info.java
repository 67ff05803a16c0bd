@NullMarked
package phasebench.relay.shard;

import org.jspecify.annotations.NullMarked;
