package phasebench.harness.load.audit;

import java.util.Collection;
import phasebench.harness.load.media.TrackKind;

/// What one viewer got of one track in one window.
///
/// @param isConnected whether it was connected throughout
/// @param framesExpected frames of the window
/// @param framesComplete of these, came whole
/// @param packetsReceived distinct RTP packets
/// @param packetsLost sequence numbers missing
/// @param packetsDuplicated RTP packets that came again
/// @param packetsReordered RTP packets that came after a later one
/// @param signs what the packets say of the relay
public record ViewerTally(
        int viewer,
        TrackKind track,
        boolean isConnected,
        long framesExpected,
        long framesComplete,
        long packetsReceived,
        long packetsLost,
        long packetsDuplicated,
        long packetsReordered,
        ViewerSigns signs) {
    /// Of a viewer of whom nothing is told but whether it is there: one whose packets the kernel counted together with
    /// others', or to whom no frame came.
    public static ViewerTally withoutFrames(int viewer, boolean isConnected) {
        return new ViewerTally(viewer, TrackKind.VIDEO, isConnected, 0, 0, 0, 0, 0, 0, ViewerSigns.NONE);
    }

    /// Whether all frames came whole.
    public boolean isWhole() {
        return packetsLost == 0 && framesComplete == framesExpected;
    }

    /// Viewer and track, for a person; nothing is said of the track where most have no other.
    public String name() {
        return "viewer " + viewer + (track == TrackKind.VIDEO ? "" : " (" + track.word() + ")");
    }

    /// Viewers in tallies of tracks.
    public static int viewerCount(Collection<ViewerTally> tallies) {
        return (int) tallies.stream().map(ViewerTally::viewer).distinct().count();
    }

    /// What is missing, for a person.
    public String lossText() {
        return name() + ": " + packetsLost + " packets lost, " + (framesExpected - framesComplete) + " of "
                + framesExpected + " frames incomplete";
    }
}
