package phasebench.relay.rtsp;

import java.util.concurrent.ThreadFactory;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.stream.Ingest;

/// What every connection of a server has in common.
///
/// @param buffers for packets as they are read
/// @param threads makes every thread
record RtspServices(
        Ingest ingest, RtspCounters counters, RtspLimits limits, BufferPool buffers, ThreadFactory threads) {}
