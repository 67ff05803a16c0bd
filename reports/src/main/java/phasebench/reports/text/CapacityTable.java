package phasebench.reports.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import phasebench.reports.rundir.ClimbEvidence;
import phasebench.reports.rundir.RunDirectory;
import phasebench.reports.rundir.RunDirectoryException;
import phasebench.reports.rundir.TrialDirectory;
import phasebench.reports.rundir.TrialKind;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.reports.rundir.TrialRecord;

/// How many viewers a core carries: what the climbs of a run found, variant by variant.
///
/// @param answers one for each variant that climbed, in the order of the trials; empty for a run without climbs
/// @param steps every step of every trial
public record CapacityTable(List<Answer> answers, List<Step> steps) {
    /// @param viewersPerCore median over the trials, as it is shown
    /// @param trials what each trial carried, and why it ended
    public record Answer(String variant, String viewersPerCore, String trials) {
        public String sentence() {
            return "%s: %s viewers per core (%s)".formatted(variant, viewersPerCore, trials);
        }
    }

    /// One row of the table.
    public record Step(
            String trial,
            int viewers,
            String packetsPerSecond,
            String latency,
            String loss,
            String relay,
            String generator,
            String outcome) {}

    public CapacityTable {
        answers = List.copyOf(answers);
        steps = List.copyOf(steps);
    }

    /// Reads the climbs of a run; trials that failed or are invalid yield no answer, but show their steps.
    public static CapacityTable read(RunDirectory run) throws RunDirectoryException {
        Map<String, List<ClimbEvidence>> byVariant = new LinkedHashMap<>();
        List<Step> steps = new ArrayList<>();
        for (TrialDirectory folder : run.trials()) {
            ClimbEvidence climb = folder.climb().orElse(null);
            TrialRecord trial = folder.record().orElse(null);
            if (climb == null || trial == null || trial.id().kind() != TrialKind.STEADY) {
                continue;
            }
            climb.steps().forEach(step -> steps.add(row(folder.name(), step)));
            if (trial.outcome() instanceof TrialOutcome.Measured) {
                byVariant
                        .computeIfAbsent(trial.id().variant(), _ -> new ArrayList<>())
                        .add(climb);
            }
        }
        List<Answer> answers = byVariant.entrySet().stream()
                .map(entry -> answer(entry.getKey(), entry.getValue()))
                .toList();
        return new CapacityTable(answers, steps);
    }

    /// The median over trials; the lower one of two in the middle, so that no number is shown that was not
    /// carried. Where a trial ended before its relay did, the median is a lower bound.
    private static Answer answer(String variant, List<ClimbEvidence> climbs) {
        double[] perCore = climbs.stream()
                .mapToDouble(climb -> climb.viewersCarried() / (double) climb.relayCores())
                .sorted()
                .toArray();
        boolean isBounded = climbs.stream().allMatch(climb -> climb.end() == ClimbEvidence.End.RELAY);
        double median = perCore[(perCore.length - 1) / 2];
        String trials = climbs.stream()
                .map(climb -> climb.viewersCarried() + " carried, ended at " + climb.reason())
                .collect(Collectors.joining("; "));
        return new Answer(
                variant, (isBounded ? "" : "at least ") + String.format(Locale.ROOT, "%,.0f", median), trials);
    }

    private static Step row(String trial, ClimbEvidence.Step step) {
        return new Step(
                trial,
                step.viewers(),
                String.format(Locale.ROOT, "%,.0f", step.packetsPerSecond()),
                String.format(Locale.ROOT, "%.2f", step.latencyNsP99() / 1e6),
                String.format(Locale.ROOT, "%.3f", step.lossRatio() * 100),
                String.format(Locale.ROOT, "%.0f", step.relayCpuShare() * 100),
                String.format(Locale.ROOT, "%.0f", step.generatorBusyShare() * 100),
                step.isCarried() ? "carried" : step.reason());
    }

    /// What the run's end prints, a line for each variant.
    public List<String> sentences() {
        return answers.stream().map(Answer::sentence).toList();
    }

    /// A section of the Markdown report; empty for a run without climbs.
    public String markdown() {
        if (steps.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("\n## Viewers per core\n\n");
        sentences().forEach(sentence -> text.append("- ").append(sentence).append("\n"));
        text.append(
                "\n| trial | viewers | packets/s | latency p99, ms | loss, % | relay, % of a core | generator, % of a"
                        + " core | outcome |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n");
        for (Step step : steps) {
            text.append("| %s | %d | %s | %s | %s | %s | %s | %s |\n"
                    .formatted(
                            step.trial(),
                            step.viewers(),
                            step.packetsPerSecond(),
                            step.latency(),
                            step.loss(),
                            step.relay(),
                            step.generator(),
                            step.outcome().replace("|", "\\|")));
        }
        return text.toString();
    }
}
