package phasebench.relay.stream;

import java.util.ArrayList;
import java.util.List;

/// The units of all tracks since the last key frame, for late joiners. Guarded by its stream's lock.
///
/// A group that outgrows the bounds is forgotten, and late joiners wait for the next key frame.
final class GopCache {
    /// At four times real time a joiner sends n cached units while n/4 live ones queue up behind: far fewer than
    /// the 512 that its queue holds. 1500 units are 18 s of 30 fps video with 20 ms audio.
    static final int UNIT_COUNT_MAX = 1500;

    static final int BYTES_MAX = 16 << 20;

    private final int videoTrack;
    private final List<MediaUnit> units = new ArrayList<>();
    private boolean isOpen;
    private int bytes;

    /// @param videoTrack whose key frames begin a group; -1 for none, and then nothing is kept
    GopCache(int videoTrack) {
        this.videoTrack = videoTrack;
    }

    void add(MediaUnit unit) {
        if (unit.track() == videoTrack && unit.unit().isKeyFrame()) {
            clear();
            isOpen = true;
        }
        if (!isOpen) {
            return;
        }
        units.add(unit.retain());
        bytes += unit.bytes();
        if (units.size() > UNIT_COUNT_MAX || bytes > BYTES_MAX) {
            clear();
        }
    }

    void clear() {
        units.forEach(MediaUnit::release);
        units.clear();
        bytes = 0;
        isOpen = false;
    }

    /// In order of arrival; begins with a key frame, or is empty. Not retained for the caller.
    List<MediaUnit> units() {
        return List.copyOf(units);
    }
}
