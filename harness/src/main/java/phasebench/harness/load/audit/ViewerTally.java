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
public record ViewerTally(
        int viewer,
        boolean isConnected,
        long framesExpected,
        long framesComplete,
        long packetsReceived,
        long packetsLost,
        long packetsDuplicated,
        long packetsReordered) {
    /// Of a viewer whose packets the kernel counted, together with others'.
    public static ViewerTally ofSink(int viewer, boolean isConnected) {
        return new ViewerTally(viewer, isConnected, 0, 0, 0, 0, 0, 0);
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
