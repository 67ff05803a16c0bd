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
/// @param framesOffered distinct frames in the window, over all streams
/// @param framesExpected frames that viewers should have seen: for each stream, its frames times its viewers
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
        @Nullable RecoveryEvidence recovery,
        @Nullable ReceiveEvidence receive) {
    public LoadEvidence {
        srtpProfiles = Collections.unmodifiableSortedMap(new TreeMap<>(srtpProfiles));
        rtcpReceived = Collections.unmodifiableSortedMap(new TreeMap<>(rtcpReceived));
        lossByViewer = List.copyOf(lossByViewer);
    }

    /// Evidence without recovery and reception.
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
                null);
    }

    /// The same with what was counted of recovery and reception.
    public LoadEvidence with(RecoveryEvidence recovered, ReceiveEvidence received) {
        return new LoadEvidence(
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
                recovered,
                received);
    }

    /// Distinct RTP packets delivered: those that viewers took, and those that the kernel counted for sinks.
    public long packetsForwarded() {
        ReceiveEvidence received = receive;
        return packetsReceived + (received == null ? 0 : received.sinkPackets());
    }
}
