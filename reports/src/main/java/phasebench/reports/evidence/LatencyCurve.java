package phasebench.reports.evidence;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.TrialRecord;

/// Latency by quantile over several trials of one variant, all packets counted alike.
///
/// @param nines `log10(1 / (1 - quantile))`: 1 for 90 %, 2 for 99 %, ...
/// @param latencyNs one value for each of `nines`
public record LatencyCurve(List<Double> nines, List<Double> latencyNs) {
    private static final double NINES_MAX = 5;
    private static final double NINES_STEP = 0.05;
    private static final int SIGNIFICANT_DIGITS = 3;

    public LatencyCurve {
        nines = List.copyOf(nines);
        latencyNs = List.copyOf(latencyNs);
    }

    /// Empty when no trial holds a histogram that can be read. Ends where fewer than one packet would decide.
    public static Optional<LatencyCurve> of(List<TrialRecord> trials) {
        Histogram sum = new Histogram(SIGNIFICANT_DIGITS);
        for (TrialRecord trial : trials) {
            LoadEvidence load = trial.load();
            if (load != null) {
                decode(load.latency().histogram()).ifPresent(sum::add);
            }
        }
        long count = sum.getTotalCount();
        if (count == 0) {
            return Optional.empty();
        }
        double last = Math.min(NINES_MAX, Math.log10((double) count));
        List<Double> nines = new java.util.ArrayList<>();
        List<Double> latencyNs = new java.util.ArrayList<>();
        for (int i = 0; i * NINES_STEP <= last + 1e-9; i++) {
            double at = i * NINES_STEP;
            nines.add(at);
            latencyNs.add((double) Math.max(1, sum.getValueAtPercentile(100 * (1 - Math.pow(10, -at)))));
        }
        return Optional.of(new LatencyCurve(nines, latencyNs));
    }

    private static Optional<Histogram> decode(String base64) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
            return Optional.of(Histogram.decodeFromCompressedByteBuffer(bytes, 0));
        } catch (IllegalArgumentException | DataFormatException | java.nio.BufferUnderflowException _) {
            // the quantiles of the record are still there; only the curve is lost, and the page says so
            return Optional.empty();
        }
    }
}
