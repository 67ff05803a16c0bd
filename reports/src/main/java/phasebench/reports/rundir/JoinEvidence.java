package phasebench.reports.rundir;

import java.util.List;

/// Viewers that came and went while a window was open.
///
/// @param joinsPlanned by the schedule
/// @param joinsDone of these, got a picture
/// @param leavesPlanned by the schedule
/// @param leavesDone of these, were carried out
/// @param viewersLost of those who left, were disconnected before it was their time
/// @param packetsOutside RTP packets that came to viewers before their first counted frame or while they were leaving;
///     part of what the relay sent, and of no other count
/// @param pictureNsP50 from the time to join to the first frame that could be named, the handshakes included
/// @param failures the first few
public record JoinEvidence(
        int joinsPlanned,
        int joinsDone,
        int leavesPlanned,
        int leavesDone,
        int viewersLost,
        long packetsOutside,
        long pictureNsP50,
        long pictureNsP99,
        long pictureNsMax,
        List<String> failures) {
    public JoinEvidence {
        failures = List.copyOf(failures);
    }
}
