package phasebench.reports.text;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phasebench.reports.comparison.DuetResult;
import phasebench.reports.comparison.LaunchPairs;
import phasebench.reports.stats.ComposedCpu;
import phasebench.reports.stats.Interval;

/// What launch pairs say beside their ratios, in words: the same on every page.
public final class DuetWording {
    private DuetWording() {}

    /// CPU at the scenario's rate, without a full stop.
    public static String sentence(DuetResult.Composed composed) {
        ComposedCpu cpu = composed.cpu();
        String text = String.format(
                Locale.ROOT,
                "CPU at the scenario's rate (%.0f packets/s to %d viewers) is %.4f cores with %s and %.4f with %s: ratio %s%s;"
                        + " of it %.1f and %.1f %% go by the second and not by the packet (n = %d launch pairs with media, %d"
                        + " without)",
                composed.packetsPerSecond(),
                composed.viewers(),
                cpu.candidateCores(),
                composed.candidate(),
                cpu.baselineCores(),
                composed.baseline(),
                Wording.ratio(cpu.ratio()),
                interval(cpu.interval()),
                100 * cpu.candidateIdleShare(),
                100 * cpu.baselineIdleShare(),
                cpu.mediaPairs(),
                cpu.idlePairs());
        Double steady = composed.steadyRatio();
        return steady == null
                ? text
                : text + "; steady trials say " + Wording.ratio(steady) + interval(composed.steadyInterval());
    }

    private static String interval(@Nullable Interval interval) {
        return interval == null
                ? ", no interval: need >= 2 launch pairs of either kind"
                : String.format(
                        Locale.ROOT, " (%.0f %% interval %s)", 100 * interval.confidence(), Wording.interval(interval));
    }

    /// What a launch pair costs, such as `starting 4.1 s, ramp 6.0 s; 31.2 s in all`; empty when that was not kept.
    public static String cost(Map<String, Double> stageSeconds, String prefix) {
        Map<String, Double> own = stageSeconds.entrySet().stream()
                .filter(stage -> prefix.isEmpty()
                        ? !stage.getKey().contains(": ")
                        : stage.getKey().startsWith(prefix))
                .collect(Collectors.toMap(
                        stage -> stage.getKey().substring(prefix.length()),
                        Map.Entry::getValue,
                        Double::sum,
                        LinkedHashMap::new));
        if (own.isEmpty()) {
            return "";
        }
        String stages = own.entrySet().stream()
                .map(stage -> String.format(Locale.ROOT, "%s %.1f s", stage.getKey(), stage.getValue()))
                .collect(Collectors.joining(", "));
        double sum = own.values().stream().mapToDouble(Double::doubleValue).sum();
        return String.format(Locale.ROOT, "%s; %.1f s in all", stages, sum);
    }

    /// The pair's ratio by other ways of counting, or empty: `0.312 without JIT and GC, 0.309 alone`.
    public static String otherRatios(LaunchPairs.Pair pair) {
        Double own = pair.controls().ownRatio();
        Double solo = pair.controls().soloRatio();
        return (own == null ? "" : Wording.ratio(own) + " without JIT and GC")
                + (solo == null ? "" : ", " + Wording.ratio(solo) + " alone");
    }
}
