package phasebench.harness.load.audit;

/// What one viewer got of one window.
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
        return new ViewerTally(viewer, isConnected, 0, 0, 0, 0, 0, 0, ViewerSigns.NONE);
    }

    /// Whether all frames came whole.
    public boolean isWhole() {
        return packetsLost == 0 && framesComplete == framesExpected;
    }

    /// What is missing, for a person.
    public String lossText() {
        return "viewer " + viewer + ": " + packetsLost + " packets lost, " + (framesExpected - framesComplete) + " of "
                + framesExpected + " frames incomplete";
    }
}
