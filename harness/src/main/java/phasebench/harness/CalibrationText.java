package phasebench.harness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.DoubleStream;
import phasebench.reports.evidence.Metric;
import phasebench.reports.noise.ControlExperiment;
import phasebench.reports.noise.ErrorRates;
import phasebench.reports.noise.NoiseFile;
import phasebench.reports.noise.NoiseKind;
import phasebench.reports.stats.DetectableEffect;
import phasebench.reports.stats.Interval;
import phasebench.reports.stats.Means;
import phasebench.reports.verdict.Rules;
import phasebench.scenarios.ExperimentSpec;

/// What a calibration found, as people read it.
final class CalibrationText {
    private static final List<Integer> PLANS = List.of(5, 10, 20, 40);

    private CalibrationText() {}

    /// Experiments of the same plant and size together.
    private record Group(String plant, int size) {}

    /// @param known of one machine and design, one or more days
    static String of(List<NoiseFile> known, ExperimentSpec design) {
        StringJoiner text = new StringJoiner(System.lineSeparator(), "", System.lineSeparator());
        String unit = NoiseKind.of(design).unit();
        List<String> days = known.stream().map(NoiseFile::day).distinct().toList();
        if (days.isEmpty()) {
            return "nothing is known of this machine yet" + System.lineSeparator();
        }
        text.add("%s on this machine, %s:"
                .formatted(
                        design.name(), days.size() == 1 ? days.getFirst() : days.getFirst() + " to " + days.getLast()));
        groups(known).forEach((group, experiments) -> {
            text.add("%s, %s in each experiment:"
                    .formatted(
                            group.plant.isEmpty() ? "nothing planted (A/A)" : group.plant + " planted",
                            counted(group.size, unit)));
            List<String> metrics = metrics(experiments);
            metrics.forEach(metric -> text.add("  " + line(group, experiments, metric, unit)));
            if (group.plant.isEmpty() && metrics.size() > 1) {
                families(experiments).ifPresent(line -> text.add("  " + line));
            }
        });
        List<ControlExperiment> controls = known.stream()
                .flatMap(noise -> noise.experiments().stream())
                .filter(ControlExperiment::isControl)
                .toList();
        for (String metric : metrics(controls)) {
            double[] logRatios = logRatios(controls, metric);
            if (logRatios.length >= 2 && Means.standardDeviation(logRatios) > 0) {
                text.add(detectable(metric, Means.standardDeviation(logRatios), logRatios.length, unit));
            }
        }
        return text.toString();
    }

    private static String line(Group group, List<ControlExperiment> experiments, String metric, String unit) {
        ErrorRates rates = ErrorRates.of(experiments, group.plant, metric);
        if (rates.experiments() == 0) {
            return label(metric) + ": no valid experiment";
        }
        double[] logRatios = logRatios(experiments, metric);
        String seen = group.plant.isEmpty()
                ? falseAlarms(rates)
                : "found worse in %d of %d experiments = %s"
                        .formatted(rates.hits(), rates.experiments(), text(rates.rate(), ""));
        return String.format(
                Locale.ROOT,
                "%s: %s; mean ratio %.4f (%s%s)",
                label(metric),
                seen,
                Math.exp(DoubleStream.of(logRatios).average().orElse(0)),
                counted(logRatios.length, unit),
                spread(logRatios));
    }

    /// All metrics together; empty without a valid experiment.
    private static Optional<String> families(List<ControlExperiment> experiments) {
        ErrorRates rates = ErrorRates.ofFamilies(experiments);
        long comparisons = experiments.stream()
                .mapToLong(experiment -> experiment.comparisons().size())
                .sum();
        return rates.experiments() == 0
                ? Optional.empty()
                : Optional.of("any of them: %s; %d comparisons in all".formatted(falseAlarms(rates), comparisons));
    }

    private static String falseAlarms(ErrorRates rates) {
        Interval rate = rates.rate();
        return "false alarms %d of %d experiments = %s"
                .formatted(rates.hits(), rates.experiments(), text(rate, "; nominal " + nominal(rate)));
    }

    private static String text(Interval rate, String more) {
        return String.format(
                Locale.ROOT,
                "%.1f %% (95 %% interval %.1f to %.1f %%%s)",
                100 * rate.estimate(),
                100 * rate.low(),
                100 * rate.high(),
                more);
    }

    private static String nominal(Interval rate) {
        double nominal = 1 - Rules.CONFIDENCE;
        return "%.0f %% lies %s".formatted(100 * nominal, rate.contains(nominal) ? "within" : "outside");
    }

    private static String spread(double[] logRatios) {
        return logRatios.length < 2
                ? ""
                : String.format(
                        Locale.ROOT, ", which spread by %.2f %% each", 100 * Means.standardDeviation(logRatios));
    }

    private static String detectable(String metric, double spread, int n, String unit) {
        StringJoiner plans = new StringJoiner(", ");
        for (int pairs : PLANS) {
            double effect = DetectableEffect.relative(spread, pairs, 1 - Rules.CONFIDENCE, SensitivityText.POWER);
            plans.add(String.format(Locale.ROOT, "%d see %.2f %%", pairs, 100 * effect));
        }
        return "%s, in 9 of 10 experiments of one comparison: %ss %s (from %s of A/A)"
                .formatted(label(metric), unit, plans, counted(n, unit));
    }

    private static String counted(int n, String unit) {
        return n + " " + unit + (n == 1 ? "" : "s");
    }

    private static Map<Group, List<ControlExperiment>> groups(List<NoiseFile> known) {
        Map<Group, List<ControlExperiment>> groups = new LinkedHashMap<>();
        known.stream()
                .flatMap(noise -> noise.experiments().stream())
                .sorted((a, b) -> a.plant().compareTo(b.plant()))
                .forEach(experiment -> groups.computeIfAbsent(
                                new Group(experiment.plant(), experiment.size()), _ -> new ArrayList<>())
                        .add(experiment));
        return groups;
    }

    private static List<String> metrics(List<ControlExperiment> experiments) {
        return experiments.stream()
                .flatMap(experiment -> experiment.comparisons().stream())
                .map(ControlExperiment.Judged::metric)
                .distinct()
                .toList();
    }

    private static double[] logRatios(List<ControlExperiment> experiments, String metric) {
        return experiments.stream()
                .flatMap(experiment -> experiment.comparisons().stream())
                .filter(judged -> judged.metric().equals(metric))
                .flatMap(judged -> judged.logRatios().stream())
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /// As pages call the metric.
    static String label(String metric) {
        return Metric.byId(metric).map(Metric::label).orElse(metric);
    }
}
