package phasebench.reports.stats;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// CPU at a scenario's real rate, composed of what two kinds of launch pairs price: a x packets + b x viewer-seconds.
///
/// The interval of the ratio is by the delta method on the log scale, pair by pair: to first order,
/// log(ratio) moves with the logarithms of the four prices by each one's share of its side's CPU, so that
/// every launch pair gives one number, `share(candidate) log a(candidate) - share(baseline) log a(baseline)`,
/// whose spread over pairs holds the correlation of the two relays of a pair; media pairs and idle pairs are
/// independent, and add as in Welch's test. Without idle work it is the t interval of the media pairs' log
/// ratios.
///
/// @param baselineCores CPU of the baseline, in cores
/// @param candidateCores CPU of the candidate, in cores
/// @param ratio candidate / baseline
/// @param interval of the ratio; null with fewer than two launch pairs of either kind
/// @param baselineIdleShare share (0-1) of the baseline's CPU that goes by the second and not by the packet
/// @param candidateIdleShare the same of the candidate
/// @param mediaPairs launch pairs with media
/// @param idlePairs launch pairs without
/// @param logRatio the ratio and its error on the log scale; null where the interval is
public record ComposedCpu(
        double baselineCores,
        double candidateCores,
        double ratio,
        @Nullable Interval interval,
        double baselineIdleShare,
        double candidateIdleShare,
        int mediaPairs,
        int idlePairs,
        @Nullable LogRatio logRatio) {

    /// What two variants cost per unit of work, in ns of CPU, one value of each for each launch pair.
    public record Prices(List<Double> baselineNs, List<Double> candidateNs) {
        public Prices {
            baselineNs = List.copyOf(baselineNs);
            candidateNs = List.copyOf(candidateNs);
            if (baselineNs.size() != candidateNs.size() || baselineNs.isEmpty()) {
                throw new IllegalArgumentException(
                        "not pairs: " + baselineNs.size() + " and " + candidateNs.size() + " prices");
            }
            if (!baselineNs.stream().allMatch(price -> price > 0)
                    || !candidateNs.stream().allMatch(p -> p > 0)) {
                throw new IllegalArgumentException("a price is not positive");
            }
        }

        int n() {
            return baselineNs.size();
        }

        double baseline() {
            return Means.geometric(array(baselineNs));
        }

        double candidate() {
            return Means.geometric(array(candidateNs));
        }

        /// One number for each pair: its part of log(ratio), to first order.
        double[] parts(double baselineShare, double candidateShare) {
            double[] parts = new double[n()];
            for (int i = 0; i < parts.length; i++) {
                parts[i] = candidateShare * Math.log(candidateNs.get(i)) - baselineShare * Math.log(baselineNs.get(i));
            }
            return parts;
        }

        private static double[] array(List<Double> values) {
            return values.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    /// @param media prices of a packet
    /// @param idle prices of a viewer-second
    /// @param packetsPerSecond packets that the scenario delivers to all viewers in a second
    /// @param viewers viewers of the scenario
    public static ComposedCpu of(
            Prices media, Prices idle, double packetsPerSecond, double viewers, double confidence) {
        double baselineMedia = media.baseline() * packetsPerSecond;
        double candidateMedia = media.candidate() * packetsPerSecond;
        double baselineIdle = idle.baseline() * viewers;
        double candidateIdle = idle.candidate() * viewers;
        double baselineNs = baselineMedia + baselineIdle;
        double candidateNs = candidateMedia + candidateIdle;
        double baselineShare = baselineIdle / baselineNs;
        double candidateShare = candidateIdle / candidateNs;
        double ratio = candidateNs / baselineNs;
        LogRatio logRatio = media.n() < 2 || idle.n() < 2
                ? null
                : LogRatio.ofMean(media.parts(1 - baselineShare, 1 - candidateShare))
                        .plus(LogRatio.ofMean(idle.parts(baselineShare, candidateShare)))
                        .around(Math.log(ratio));
        return new ComposedCpu(
                baselineNs / 1e9,
                candidateNs / 1e9,
                ratio,
                logRatio == null ? null : logRatio.ratio(confidence),
                baselineShare,
                candidateShare,
                media.n(),
                idle.n(),
                logRatio);
    }
}
