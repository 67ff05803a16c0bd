package phasebench.harness.load;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
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
