package phasebench.reports.noise;

import java.util.List;
import java.util.stream.Stream;
import phasebench.reports.stats.BinomialInterval;
import phasebench.reports.stats.Interval;
import phasebench.reports.verdict.Verdict;

/// How often experiments with the same planted change were judged worse, and how often better.
///
/// @param experiments that came to a verdict on the metric, an inconclusive one included
public record ErrorRates(String plant, String metric, int experiments, int regressed, int improved) {
    private static final double CONFIDENCE = 0.95;

    /// Of all experiments with that plant; empty for those in which nothing was planted.
    public static ErrorRates of(List<ControlExperiment> experiments, String plant, String metric) {
        List<String> verdicts = experiments.stream()
                .filter(experiment -> experiment.plant().equals(plant))
                .flatMap(experiment -> experiment.comparisons().stream())
                .filter(judged -> judged.metric().equals(metric))
                .map(ControlExperiment.Judged::verdict)
                .filter(verdict -> !verdict.equals(Verdict.INVALID.word()))
                .toList();
        return new ErrorRates(
                plant, metric, verdicts.size(), count(verdicts, Verdict.REGRESSED), count(verdicts, Verdict.IMPROVED));
    }

    /// Of all experiments in which nothing was planted, whatever the metric: an experiment with false alarms in
    /// several counts once, as its metrics are one family (Holm), whose error rate is the nominal one.
    public static ErrorRates ofFamilies(List<ControlExperiment> experiments) {
        List<String> verdicts = experiments.stream()
                .filter(ControlExperiment::isControl)
                .filter(ControlExperiment::isValid)
                .map(ErrorRates::worst)
                .toList();
        return new ErrorRates(
                "",
                "any metric",
                verdicts.size(),
                count(verdicts, Verdict.REGRESSED),
                count(verdicts, Verdict.IMPROVED));
    }

    private static String worst(ControlExperiment experiment) {
        List<String> verdicts = experiment.comparisons().stream()
                .map(ControlExperiment.Judged::verdict)
                .toList();
        return Stream.of(Verdict.REGRESSED, Verdict.IMPROVED)
                .map(Verdict::word)
                .filter(verdicts::contains)
                .findFirst()
                .orElse(Verdict.INCONCLUSIVE.word());
    }

    private static int count(List<String> verdicts, Verdict verdict) {
        return (int) verdicts.stream().filter(verdict.word()::equals).count();
    }

    /// Judged to differ, either way: where nothing was planted, false alarms.
    public int flagged() {
        return regressed + improved;
    }

    /// What was to be counted: false alarms where nothing was planted, else those found worse.
    public int hits() {
        return plant.isEmpty() ? flagged() : regressed;
    }

    /// The rate of [#hits] with its exact interval (Clopper-Pearson, 95 %); needs an experiment.
    public Interval rate() {
        return BinomialInterval.of(hits(), experiments, CONFIDENCE);
    }
}
