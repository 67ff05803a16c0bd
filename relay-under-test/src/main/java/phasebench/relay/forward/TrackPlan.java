package phasebench.relay.forward;

import phasebench.relay.rtp.TrackFormat;

/// One track as one viewer gets it.
///
/// @param track index into the stream's tracks
/// @param payloadType the viewer's number for the format
/// @param ssrc unsigned 32 bits, chosen at random for this viewer
/// @param mayAskAgain whether NACK was agreed on for it; only then is anything kept to answer one, as
///     Pion's responder does (interceptor v0.1.42, `streamSupportNack`)
public record TrackPlan(int track, TrackFormat format, int payloadType, long ssrc, boolean mayAskAgain) {
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
