package phasebench.relay.stream;

import java.util.Set;

/// Decides which units of a stream one viewer is given: those of its tracks, behind what it got when it joined, and
/// video from a key frame on. Owned by one thread at a time.
public final class UnitGate {
    private final int wantedTracks;
    private int videoTrack = -1;
    private long joinedAt;
    private boolean waitsForKeyFrame;

    /// @param wantedTracks indexes into the stream's tracks, 0 to 31
    public UnitGate(Set<Integer> wantedTracks) {
        this.wantedTracks = wantedTracks.stream().mapToInt(track -> 1 << track).reduce(0, (a, b) -> a | b);
    }

    boolean wants(int track) {
        return track >= 0 && (wantedTracks >>> track & 1) != 0;
    }

    /// Says where the viewer joined.
    ///
    /// @param stillWaits whether it has no key frame to begin with
    void join(int streamVideoTrack, long lastInStream, boolean stillWaits) {
        videoTrack = streamVideoTrack;
        joinedAt = lastInStream;
        waitsForKeyFrame = stillWaits;
    }

    /// Whether the viewer gets the unit.
    public boolean passes(MediaUnit unit) {
        if (!wants(unit.track()) || unit.place().inStream() <= joinedAt) {
            return false;
        }
        if (waitsForKeyFrame) {
            if (unit.track() != videoTrack || !unit.unit().isKeyFrame()) {
                return false;
            }
            waitsForKeyFrame = false;
        }
        return true;
    }
}
