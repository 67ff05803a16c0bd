package phasebench.reports.rundir;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the load generator offered and what came back, for the frames of one window.
///
/// @param viewersWanted viewers that the scenario asks for
/// @param viewersConnected viewers that were connected through the whole window
/// @param framesOffered distinct frames in the window, over all tracks of all streams; an Opus packet is a frame of
/// sound
/// @param framesExpected frames that viewers should have got: for each stream, its frames times its viewers
/// @param framesComplete of these, on the timestamp grid, with marker and without a gap
/// @param packetsReceived distinct RTP packets, summed over viewers
/// @param packetsLost sequence numbers missing, summed over viewers
/// @param packetsDuplicated RTP packets that came again
/// @param packetsReordered RTP packets that came after a later one
/// @param packetsVerified RTP packets whose authentication tag was checked and that were decrypted
/// @param authenticationFailures of the checked ones, those that failed
/// @param contentMismatches decrypted packets whose content was not what was published
/// @param receiveBufferDrops datagrams that the kernel dropped because the generator's own sockets were full
/// @param sendDelayNsP99 publisher: time between due and sent
/// @param generatorCpuNs CPU time of the generator's process in the window
/// @param generatorGcNs stop-the-world time of the generator's own collector in the window
/// @param srtpProfiles negotiated SRTP profile to number of viewers
/// @param rtcpReceived RTCP packets that viewers got, by type (`SR`, `SDES`, ...)
/// @param windowNs length of the window by the frame schedule
/// @param lossByViewer viewers that missed packets, as `viewer index: packets`; the first few
/// @param checks what else was found out; null in files from before it was looked for
/// @param joins viewers that came and went in the window; null when the crowd stayed what it was. Viewers wanted and
///     connected are then those of the window's end
/// @param recovery what viewers asked for again and saw; null in evidence from before it was counted
/// @param receive how viewers received; null in evidence from before it was told
public record LoadEvidence(
        int viewersWanted,
        int viewersConnected,
        long framesOffered,
        long framesExpected,
        long framesComplete,
        long packetsReceived,
        long packetsLost,
        long packetsDuplicated,
        long packetsReordered,
        long packetsVerified,
        long authenticationFailures,
        long contentMismatches,
        long receiveBufferDrops,
        long sendDelayNsP99,
        long sendDelayNsMax,
        long generatorCpuNs,
        long generatorGcNs,
        Map<String, Integer> srtpProfiles,
        Map<String, Long> rtcpReceived,
        long windowNs,
        List<String> lossByViewer,
        LatencyEvidence latency,
        @Nullable LoadChecks checks,
        @Nullable JoinEvidence joins,
        @Nullable RecoveryEvidence recovery,
        @Nullable ReceiveEvidence receive) {
    public LoadEvidence {
        srtpProfiles = Collections.unmodifiableSortedMap(new TreeMap<>(srtpProfiles));
        rtcpReceived = Collections.unmodifiableSortedMap(new TreeMap<>(rtcpReceived));
        lossByViewer = List.copyOf(lossByViewer);
    }

    /// Without further checks, of a crowd that stayed what it was; without recovery and reception.
    public LoadEvidence(
            int viewersWanted,
            int viewersConnected,
            long framesOffered,
            long framesExpected,
            long framesComplete,
            long packetsReceived,
            long packetsLost,
            long packetsDuplicated,
            long packetsReordered,
            long packetsVerified,
            long authenticationFailures,
            long contentMismatches,
            long receiveBufferDrops,
            long sendDelayNsP99,
            long sendDelayNsMax,
            long generatorCpuNs,
            long generatorGcNs,
            Map<String, Integer> srtpProfiles,
            Map<String, Long> rtcpReceived,
            long windowNs,
            List<String> lossByViewer,
            LatencyEvidence latency) {
        this(
                viewersWanted,
                viewersConnected,
                framesOffered,
                framesExpected,
                framesComplete,
                packetsReceived,
                packetsLost,
                packetsDuplicated,
                packetsReordered,
                packetsVerified,
                authenticationFailures,
                contentMismatches,
                receiveBufferDrops,
                sendDelayNsP99,
                sendDelayNsMax,
                generatorCpuNs,
                generatorGcNs,
                srtpProfiles,
                rtcpReceived,
                windowNs,
                lossByViewer,
                latency,
                null,
                null,
                null,
                null);
    }

    /// The same with what was found out besides.
    public LoadEvidence withChecks(LoadChecks found) {
        return with(viewersWanted, viewersConnected, found, joins, recovery, receive);
    }

    /// The same, of a crowd that moved.
    ///
    /// @param wanted viewers that should be there when the window ends
    /// @param connected viewers that are
    public LoadEvidence withJoins(int wanted, int connected, JoinEvidence moved) {
        return with(wanted, connected, checks, moved, recovery, receive);
    }

    /// The same with what was counted of recovery and reception.
    public LoadEvidence withReception(RecoveryEvidence recovered, ReceiveEvidence received) {
        return with(viewersWanted, viewersConnected, checks, joins, recovered, received);
    }

    private LoadEvidence with(
            int wanted,
            int connected,
            @Nullable LoadChecks found,
            @Nullable JoinEvidence moved,
            @Nullable RecoveryEvidence recovered,
            @Nullable ReceiveEvidence received) {
        return new LoadEvidence(
                wanted,
                connected,
                framesOffered,
                framesExpected,
                framesComplete,
                packetsReceived,
                packetsLost,
                packetsDuplicated,
                packetsReordered,
                packetsVerified,
                authenticationFailures,
                contentMismatches,
                receiveBufferDrops,
                sendDelayNsP99,
                sendDelayNsMax,
                generatorCpuNs,
                generatorGcNs,
                srtpProfiles,
                rtcpReceived,
                windowNs,
                lossByViewer,
                latency,
                found,
                moved,
                recovered,
                received);
    }

    /// Of the lost packets, how many the scenario's own network took. Packets that it dropped and the relay sent again
    /// in time are not lost, so it is never more than the loss.
    public long packetsLostToImpairment() {
        return checks == null || checks.impairment() == null
                ? 0
                : Math.min(packetsLost, checks.impairment().media().dropped());
    }

    /// Distinct RTP packets delivered: those that viewers took, and those that the kernel counted for sinks.
    public long packetsForwarded() {
        ReceiveEvidence received = receive;
        return packetsReceived + (received == null ? 0 : received.sinkPackets());
    }
}
