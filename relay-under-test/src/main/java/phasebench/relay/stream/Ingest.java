package phasebench.relay.stream;

import java.util.List;
import phasebench.relay.rtp.TrackFormat;

/// Where a protocol that takes publishers hands them over; one per relay, called from any thread.
public interface Ingest {
    /// Opens the stream for a publisher.
    ///
    /// @param stream path of the stream, such as `cam` or `site/cam`
    /// @throws StreamTakenException if another publisher has it
    Publication publish(String stream, List<TrackFormat> tracks) throws StreamTakenException;
}
