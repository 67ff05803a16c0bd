package phasebench.reports.text;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phasebench.reports.comparison.ComparisonDocument;
import phasebench.reports.comparison.LadderResult;
import phasebench.reports.evidence.Metric;
import phasebench.reports.micro.MicroEvidence;
import phasebench.reports.micro.MicroEvidence.Measured;
import phasebench.reports.micro.MicroResult;
import phasebench.reports.micro.MicroScore;

/// Benchmarks in pairs, before and after, as text: the same figures on every page and on the command line.
public final class MicroTable {
    private static final int DIGITS = 3;

    /// One pair.
    ///
    /// @param before ns of CPU for each operation
    /// @param change in the function, with its error
    /// @param bytes allocated for each operation, before and after
    /// @param process change of CPU per packet of the variant of that name; empty where there is none
    public record Row(
            String phase, String what, String before, String after, String change, String bytes, String process) {}

    private MicroTable() {}

    /// @param comparison of the process's trials; null where there are none
    public static List<Row> of(MicroEvidence evidence, @Nullable ComparisonDocument comparison) {
        return evidence.pairs().stream().map(pair -> row(pair, comparison)).toList();
    }

    private static Row row(Measured measured, @Nullable ComparisonDocument comparison) {
        return new Row(
                measured.phase().id(),
                measured.pair().what(),
                time(measured.before()),
                time(measured.after()),
                change(measured),
                bytes(measured.before().allocatedBytes()) + " → "
                        + bytes(measured.after().allocatedBytes()),
                comparison == null ? "" : process(measured.phase().id(), comparison));
    }

    /// ns with JMH's error: `812 ± 31`; with a mark where the wall's clock had to do.
    public static String time(MicroResult result) {
        MicroScore score = result.timeNs();
        Double error = score.error();
        return Figures.significant(score.mean(), DIGITS)
                + (error == null ? "" : " ± " + Figures.significant(error, 2))
                + (result.cpuNs() == null ? " (wall)" : "");
    }

    public static String bytes(@Nullable MicroScore score) {
        // JMH's own bookkeeping is a fraction of a byte
        return score == null ? "?" : Figures.significant(Math.rint(10 * score.mean()) / 10, DIGITS + 1);
    }

    private static String change(Measured measured) {
        Double error = measured.ratioError();
        return Figures.percent(measured.ratio() - 1)
                + (error == null ? "" : " ± " + Figures.percent(error).replace("+", ""));
    }

    /// The change against the phase below where the run is a ladder, else that against the baseline.
    private static String process(String phase, ComparisonDocument comparison) {
        return onLadder(phase, comparison)
                .or(() -> inPairs(phase, comparison))
                .orElseGet(() -> inTrials(phase, comparison));
    }

    private static Optional<String> onLadder(String phase, ComparisonDocument comparison) {
        LadderResult ladder = comparison.ladder();
        if (ladder == null) {
            return Optional.empty();
        }
        // a phase is counted from the one below it first, and then from the start
        return ladder.steps().stream()
                .filter(step -> step.id().equals(phase))
                .flatMap(step -> step.lines().stream())
                .filter(line -> line.metric().equals(Metric.CPU_NS_PER_PACKET.id()) && line.against() != null)
                .findFirst()
                .map(line -> against(ExpectationWording.measured(line, comparison), line.against()));
    }

    private static Optional<String> inPairs(String phase, ComparisonDocument comparison) {
        return comparison.launchPairs().stream()
                .filter(pairs -> pairs.variant().equals(phase))
                .flatMap(pairs -> Optional.ofNullable(pairs.change())
                        .map(change -> against(Figures.percent(change.estimate()), pairs.baseline()))
                        .stream())
                .findFirst();
    }

    private static String inTrials(String phase, ComparisonDocument comparison) {
        return comparison.metrics().stream()
                .filter(cpu -> cpu.metric().equals(Metric.CPU_NS_PER_PACKET.id()))
                .flatMap(cpu -> cpu.variants().stream()
                        .filter(variant -> variant.variant().equals(phase) && variant.change() != null)
                        .map(variant -> against(Wording.change(cpu, variant), comparison.baseline())))
                .findFirst()
                .orElse("");
    }

    private static String against(String change, @Nullable String variant) {
        return change + " against " + variant;
    }
}
