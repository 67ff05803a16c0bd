package phasebench.harness.load;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;
import phasebench.harness.load.audit.ViewerTally;
import phasebench.harness.load.audit.WindowTally;
import phasebench.harness.load.publisher.Publisher;
import phasebench.harness.load.wire.Rtcp;
import phasebench.reports.rundir.LoadEvidence;

/// What all parts counted of one window that is over, put together.
///
/// @param viewers one for each track of each viewer that joined
/// @param published one for each stream that this generator publishes
/// @param usage what the generator's process used in the window
/// @param receiveBufferDrops datagrams dropped at viewers' full sockets
/// @param windowNs length of the window by the frame schedule
record WindowEvidence(
        List<ViewerTally> viewers,
        WindowTally together,
        List<Publisher.Tally> published,
        GeneratorUsage usage,
        long receiveBufferDrops,
        long windowNs) {
    private static final int RTCP_TYPE_MAX = 255;

    LoadEvidence assemble(int viewersWanted, Map<String, Integer> srtpProfiles) {
        Histogram sendDelay = Publisher.newDelayHistogram();
        published.forEach(stream -> sendDelay.add(stream.delayNs()));
        return new LoadEvidence(
                viewersWanted,
                ViewerTally.viewerCount(
                        viewers.stream().filter(ViewerTally::isConnected).toList()),
                published.stream().mapToLong(Publisher.Tally::framesSent).sum(),
                sum(ViewerTally::framesExpected),
                sum(ViewerTally::framesComplete),
                sum(ViewerTally::packetsReceived),
                sum(ViewerTally::packetsLost),
                sum(ViewerTally::packetsDuplicated),
                sum(ViewerTally::packetsReordered),
                together.packetsVerified(),
                together.authenticationFailures(),
                together.contentMismatches(),
                receiveBufferDrops,
                sendDelay.getValueAtPercentile(99),
                sendDelay.getMaxValue(),
                usage.cpuNs(),
                usage.gcNs(),
                srtpProfiles,
                rtcpReceived(),
                windowNs,
                SharedWindow.losses(viewers),
                RecoveryFigures.histogram(together.latencyNs()));
    }

    private long sum(ToLongFunction<ViewerTally> count) {
        return viewers.stream().mapToLong(count).sum();
    }

    private Map<String, Long> rtcpReceived() {
        Map<String, Long> counts = new TreeMap<>();
        for (int type = 0; type <= RTCP_TYPE_MAX; type++) {
            if (together.rtcpCount(type) > 0) {
                counts.put(Rtcp.typeName(type), together.rtcpCount(type));
            }
        }
        return counts;
    }
}
