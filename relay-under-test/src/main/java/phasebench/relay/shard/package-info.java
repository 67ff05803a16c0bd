/// `threads: sharded`: one run-to-completion loop per core, with its own socket, timers and viewers.
@NullMarked
package phasebench.relay.shard;

import org.jspecify.annotations.NullMarked;
