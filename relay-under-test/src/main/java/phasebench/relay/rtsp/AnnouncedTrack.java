package phasebench.relay.rtsp;

import java.util.List;
import phasebench.relay.rtp.TrackFormat;

/// One medium of a session description.
///
/// @param control its control attribute, or empty if it has none
/// @param parameterSets H.264: NAL units of `sprop-parameter-sets`; else empty
record AnnouncedTrack(TrackFormat format, int payloadType, String control, List<byte[]> parameterSets) {
    AnnouncedTrack {
        parameterSets = List.copyOf(parameterSets);
    }
}
