package phasebench.harness.load.audit;

import java.util.Map;

/// What one viewer's packets of one window say of the relay beyond their number.
///
/// @param ssrc that the relay sends to this viewer
/// @param packetsOfOthers packets with another SSRC, by that SSRC; the first few SSRCs
/// @param frames what the frames tell
/// @param latency how late packets came
public record ViewerSigns(int ssrc, Map<Integer, Long> packetsOfOthers, Wrong wrong, Frames frames, Latency latency) {
    /// Of a viewer to whom no frame came.
    public static final ViewerSigns NONE =
            new ViewerSigns(0, Map.of(), new Wrong(0, 0, 0, 0), new Frames(0, 0), new Latency(0, 0, 0));

    public ViewerSigns {
        packetsOfOthers = Map.copyOf(packetsOfOthers);
    }

    /// Packets that were not what they should be.
    ///
    /// @param foreign with another SSRC or payload type, or no RTP
    /// @param offGrid with a timestamp between frames, or of a frame that was not published yet
    /// @param notAuthentic of the verified ones
    /// @param otherContent authentic, but not what was published
    public record Wrong(long foreign, long offGrid, long notAuthentic, long otherContent) {}

    /// @param lostBeforeNumbering frames that are missing or end without marker, though no sequence number is missing
    /// @param missingAtEnd frames at the end of the window that did not come whole
    public record Frames(long lostBeforeNumbering, long missingAtEnd) {}

    /// @param meanNs from due time to arrival; 0 when nothing came
    /// @param silenceNsMax longest time without a packet, ending with one of the window's
    public record Latency(long meanNs, long maxNs, long silenceNsMax) {}
}
