package phasebench.relay.stream;

import org.jspecify.annotations.Nullable;
import phasebench.relay.buffer.BufferPool;

/// What every stream of a relay does for all of its viewers at once.
///
/// @param sharedPackets where packets are put that all viewers share; null where each makes its own
/// @param keepsHistory whether packets are kept to be sent again
public record StreamPlan(@Nullable BufferPool sharedPackets, boolean keepsHistory) {
    /// Nothing: each viewer looks after itself.
    public static final StreamPlan PER_VIEWER = new StreamPlan(null, false);
}
