package phasebench.reports.noise;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import phasebench.reports.rundir.NoiseEvidence;
import phasebench.reports.stats.Means;

/// What one machine's calibration of one day found: a file of the folder `noise/` beside the runs.
///
/// @param host fingerprint of the machine
/// @param day such as `2026-11-22`, UTC
/// @param kind `media` or `steady`
/// @param design name of what is run ([DesignName]), such as `calibration-1f2e3d`
public record NoiseFile(
        int schemaVersion, String host, String day, String kind, String design, List<ControlExperiment> experiments) {
    /// The version that this code writes.
    public static final int SCHEMA_VERSION = 1;

    public NoiseFile {
        experiments = List.copyOf(experiments);
    }

    static NoiseFile empty(String host, String day, NoiseKind kind, String design) {
        return new NoiseFile(SCHEMA_VERSION, host, day, kind.word(), design, List.of());
    }

    /// With one experiment more; one of the same run directory is replaced, so that nothing counts twice.
    public NoiseFile with(ControlExperiment experiment) {
        List<ControlExperiment> all = new ArrayList<>(experiments);
        all.removeIf(known -> known.run().equals(experiment.run()));
        all.add(experiment);
        return new NoiseFile(schemaVersion, host, day, kind, design, all);
    }

    /// Metrics of the A/A experiments, in the order of their appearance.
    public List<String> controlMetrics() {
        return experiments.stream()
                .filter(ControlExperiment::isControl)
                .flatMap(experiment -> experiment.comparisons().stream())
                .map(ControlExperiment.Judged::metric)
                .distinct()
                .toList();
    }

    /// Log ratios of all launch pairs or rounds in which nothing differed.
    public double[] controlLogRatios(String metric) {
        return experiments.stream()
                .filter(ControlExperiment::isControl)
                .flatMap(experiment -> experiment.comparisons().stream())
                .filter(judged -> judged.metric().equals(metric))
                .flatMap(judged -> judged.logRatios().stream())
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /// Standard deviation of those, over all of the day's experiments together, so that it holds what changes between
    /// them as well; empty with fewer than two.
    public OptionalDouble spreadPerPair(String metric) {
        double[] logRatios = controlLogRatios(metric);
        return logRatios.length < 2 ? OptionalDouble.empty() : OptionalDouble.of(Means.standardDeviation(logRatios));
    }

    /// What a plan has to know of it.
    public NoiseEvidence evidence() {
        List<NoiseEvidence.OfMetric> metrics = new ArrayList<>();
        for (String metric : controlMetrics()) {
            ErrorRates rates = ErrorRates.of(experiments, "", metric);
            spreadPerPair(metric)
                    .ifPresent(spread -> metrics.add(new NoiseEvidence.OfMetric(
                            metric, spread, controlLogRatios(metric).length, rates.experiments(), rates.flagged())));
        }
        return new NoiseEvidence(NoiseEvidence.SCHEMA_VERSION, host, day, kind, design, metrics);
    }
}
