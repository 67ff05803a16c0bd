package phasebench.relay.stream;

import phasebench.relay.rtp.AccessUnit;

/// One access unit on its way from a stream to its viewers.
///
/// @param track index into the stream's tracks
/// @param droppedBefore units of this track that one viewer was not given just before this one
public record MediaUnit(int track, AccessUnit unit, int droppedBefore) {
    MediaUnit(int track, AccessUnit unit) {
        this(track, unit, 0);
    }

    MediaUnit afterDropping(int unitCount) {
        return new MediaUnit(track, unit, unitCount);
    }

    int bytes() {
        int bytes = 0;
        for (var part : unit.units()) {
            bytes += part.length;
        }
        return bytes;
    }
}
