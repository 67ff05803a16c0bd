package phasebench.relay.rtsp;

import java.time.Duration;

/// What a client may take: time and room.
///
/// @param announce from the connection to ANNOUNCE
/// @param session without a request or a packet, once announced; whole seconds, told to the client
/// @param report between two receiver reports
/// @param connections at the same time
record RtspLimits(Duration announce, Duration session, Duration report, int connections) {
    /// RFC 2326, section 12.37 gives 60 s; 10 s for reports is what MediaMTX does.
    static final RtspLimits DEFAULT =
            new RtspLimits(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(10), 256);

    /// A request without its body.
    static final int HEADER_BYTES_MAX = 16 << 10;

    static final int BODY_BYTES_MAX = 64 << 10;

    static final int TRACKS_MAX = 8;

    RtspLimits {
        if (!announce.isPositive() || !report.isPositive() || session.toSeconds() < 1 || connections < 1) {
            throw new IllegalArgumentException("not positive: announce %s, session %s, report %s, connections %d"
                    .formatted(announce, session, report, connections));
        }
    }
}
