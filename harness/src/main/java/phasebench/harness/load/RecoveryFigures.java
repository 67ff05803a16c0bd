package phasebench.harness.load;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import phasebench.harness.load.audit.RecoveryTally;
import phasebench.reports.rundir.LatencyEvidence;
import phasebench.reports.rundir.RecoveryEvidence;

/// Turns what was counted into evidence.
final class RecoveryFigures {
    private RecoveryFigures() {}

    static RecoveryEvidence of(RecoveryTally tally, int viewersAsking) {
        return new RecoveryEvidence(
                viewersAsking,
                tally.nackPackets(),
                tally.packetsAsked(),
                tally.recoveryNs().getTotalCount(),
                tally.packetsGivenUp(),
                tally.pictureLosses(),
                histogram(tally.recoveryNs()),
                new RecoveryEvidence.Freezes(
                        tally.packetsLate(),
                        tally.viewersFrozen(),
                        tally.freezes(),
                        tally.freezeNs(),
                        tally.freezeNsMax()));
    }

    /// Histograms added up bucket by bucket.
    static LatencyEvidence sum(List<LatencyEvidence> histograms) {
        if (histograms.size() == 1) {
            return histograms.getFirst();
        }
        Histogram sum = decoded(histograms.getFirst());
        histograms.stream().skip(1).forEach(one -> sum.add(decoded(one)));
        return histogram(sum);
    }

    private static Histogram decoded(LatencyEvidence latency) {
        try {
            byte[] encoded = Base64.getDecoder().decode(latency.histogram());
            return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(encoded), 0);
        } catch (DataFormatException e) {
            throw new IllegalStateException("a generator encoded a histogram that cannot be read", e);
        }
    }

    static LatencyEvidence histogram(Histogram nanos) {
        ByteBuffer encoded = ByteBuffer.allocate(nanos.getNeededByteBufferCapacity());
        int bytes = nanos.encodeIntoCompressedByteBuffer(encoded);
        return new LatencyEvidence(
                nanos.getTotalCount(),
                nanos.getValueAtPercentile(50),
                nanos.getValueAtPercentile(90),
                nanos.getValueAtPercentile(99),
                nanos.getValueAtPercentile(99.9),
                nanos.getMaxValue(),
                Base64.getEncoder().encodeToString(Arrays.copyOf(encoded.array(), bytes)));
    }
}
