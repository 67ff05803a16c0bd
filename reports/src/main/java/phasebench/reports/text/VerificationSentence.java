package phasebench.reports.text;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import phasebench.reports.comparison.RunEvidence;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.stats.DetectionBound;

/// Says how much of what was delivered has been looked into, and what would have gone unseen.
public final class VerificationSentence {
    private static final double PROBABILITY = 0.95;

    private VerificationSentence() {}

    /// One or two sentences about all trials and launch pairs that were measured.
    public static String of(RunEvidence run) {
        Map<String, DetectionBound> byVariant = new TreeMap<>();
        for (String variant : run.variants()) {
            run.measured(variant).forEach(trial -> add(byVariant, variant, trial.load()));
            run.measuredOverViewers(variant).forEach(trial -> add(byVariant, variant, trial.load()));
        }
        run.pairs().forEach(pair -> {
            add(byVariant, pair.baseline().variant(), pair.baseline().load());
            add(byVariant, pair.candidate().variant(), pair.candidate().load());
        });
        long packets =
                byVariant.values().stream().mapToLong(DetectionBound::packets).sum();
        long verified =
                byVariant.values().stream().mapToLong(DetectionBound::verified).sum();
        if (packets == 0) {
            return "No packet was verified, because none was delivered.";
        }
        String what = String.format(
                Locale.ROOT,
                "Viewers read the header of every packet, and authenticated, decrypted and compared %.3g %% of them (%,d of %,d).",
                100.0 * verified / packets,
                verified,
                packets);
        DetectionBound weakest = byVariant.values().stream()
                .min((a, b) -> Long.compare(a.verified(), b.verified()))
                .orElseThrow();
        return what + " " + bound(weakest);
    }

    private static void add(Map<String, DetectionBound> byVariant, String variant, @Nullable LoadEvidence load) {
        if (load != null) {
            byVariant.merge(
                    variant,
                    new DetectionBound(
                            load.packetsReceived(), Math.min(load.packetsVerified(), load.packetsReceived())),
                    (a, b) -> new DetectionBound(a.packets() + b.packets(), a.verified() + b.verified()));
        }
    }

    private static String bound(DetectionBound weakest) {
        return weakest.verified() == 0
                ? "Of at least one variant nothing was decrypted: a wrong byte would not have been seen."
                : String.format(
                        Locale.ROOT,
                        "A variant that corrupts one packet in %,d, at random, would have been seen with %.0f %% probability.",
                        Math.max(1, (long) (1 / weakest.rateSeen(PROBABILITY))),
                        100 * PROBABILITY);
    }
}
