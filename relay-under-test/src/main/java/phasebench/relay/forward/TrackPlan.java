package phasebench.relay.forward;

import phasebench.relay.rtp.TrackFormat;

/// One track as one viewer gets it.
///
/// @param track index into the stream's tracks
/// @param payloadType the viewer's number for the format
/// @param ssrc unsigned 32 bits, chosen at random for this viewer
public record TrackPlan(int track, TrackFormat format, int payloadType, long ssrc) {
    /// Tracks of a stream that can be viewed.
    public static final int TRACK_COUNT_MAX = Integer.SIZE;

    public TrackPlan {
        if (track < 0 || track >= TRACK_COUNT_MAX) {
            throw new IllegalArgumentException("track: " + track);
        }
        if (payloadType < 0 || payloadType > 127) {
            throw new IllegalArgumentException("payloadType: " + payloadType);
        }
    }

    public boolean isVideo() {
        return !(format instanceof TrackFormat.Opus);
    }
}
