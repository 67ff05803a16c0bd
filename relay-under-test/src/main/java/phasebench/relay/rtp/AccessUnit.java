package phasebench.relay.rtp;

import java.util.List;

/// One coded picture or audio frame, free of RTP.
///
/// Its byte arrays are shared by all viewers and never written to after construction.
///
/// @param rtpTimestamp the publisher's RTP timestamp, unsigned 32 bits
/// @param units H.264: NAL units without start codes, parameter sets in front of each IDR picture; VP8: one
///     frame without the payload descriptor; Opus: one packet
/// @param isKeyFrame whether a decoder can begin here; true for every audio frame
/// @param arrivalNs when its last packet arrived (System.nanoTime)
public record AccessUnit(long rtpTimestamp, List<byte[]> units, boolean isKeyFrame, long arrivalNs) {
    public AccessUnit {
        units = List.copyOf(units);
    }
}
