package phasebench.relay.rtsp;

import java.util.concurrent.ThreadFactory;
import phasebench.relay.stream.Ingest;

/// What every connection of a server has in common.
///
/// @param threads makes every thread
record RtspServices(Ingest ingest, RtspCounters counters, RtspLimits limits, ThreadFactory threads) {}
