package phasebench.reports.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import phasebench.reports.comparison.RunEvidence;
import phasebench.reports.evidence.Metric;
import phasebench.reports.evidence.PairFigures;
import phasebench.reports.evidence.PairPrice;
import phasebench.reports.evidence.Reading;
import phasebench.reports.rundir.PairKind;
import phasebench.reports.rundir.PairRecord;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.reports.rundir.TrialRecord;

/// Every metric of every trial, one per line (RFC 4180), for other tools; only lines with status `measured` and kind
/// `steady` enter a comparison, those of kind `duet` theirs of launch pairs, and those of kind `memory`, whose trial
/// names its number of viewers, only lines over viewers.
/// `steady` enter a comparison, and those of kind `duet` theirs of launch pairs
/// (`duet-idle`: without media).
public final class SamplesCsv {
    private static final String HEADER = "trial,kind,round,variant,attempt,status,metric,unit,value,missing";

    private SamplesCsv() {}

    public static String render(RunEvidence run) {
        StringBuilder out = new StringBuilder(HEADER).append("\r\n");
        for (TrialRecord trial : run.trials()) {
            for (Metric metric : Metric.values()) {
                out.append(line(trial, metric)).append("\r\n");
            }
        }
        for (PairRecord pair : run.pairs()) {
            pairLines(run, pair).forEach(line -> out.append(line).append("\r\n"));
        }
        return out.toString();
    }

    /// A launch pair: its ratio, and CPU per packet of both relays.
    private static List<String> pairLines(RunEvidence run, PairRecord pair) {
        PairFigures figures =
                PairFigures.of(pair, PairPrice.of(pair.id(), run.manifest().experiment()));
        String unit = switch (pair.id().kind()) {
            case MEDIA -> "Packet";
            case IDLE -> "ViewerSecond";
        };
        String status = status(pair.outcome());
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("ratio", figures.ratio());
        values.put("baselineNsPer" + unit, figures.baselineNs());
        values.put("candidateNsPer" + unit, figures.candidateNs());
        List<String> lines = new ArrayList<>();
        values.forEach((metric, value) -> lines.add(String.join(
                ",",
                pair.id().directoryName(),
                pair.id().kind() == PairKind.IDLE ? "duet-idle" : "duet",
                String.valueOf(pair.id().number()),
                pair.id().candidate(),
                String.valueOf(pair.id().attempt()),
                status,
                "pair." + metric,
                metric.equals("ratio") ? "" : "ns",
                status.equals("measured") ? value + "," : "," + quoted("the pair is " + status))));
        return lines;
    }

    private static String status(TrialOutcome outcome) {
        return switch (outcome) {
            case TrialOutcome.Measured _ -> "measured";
            case TrialOutcome.Invalid _ -> "invalid";
            case TrialOutcome.Failed _ -> "failed";
        };
    }

    private static String line(TrialRecord trial, Metric metric) {
        String status = status(trial.outcome());
        // a trial that is not measured yields no number, here as everywhere
        Reading reading = status.equals("measured") ? metric.of(trial) : new Reading.Missing("the trial is " + status);
        String value = switch (reading) {
            case Reading.Value(double number) -> number + ",";
            case Reading.Missing(String reason) -> "," + quoted(reason);
        };
        return String.join(
                ",",
                trial.id().directoryName(),
                trial.id().viewers() == null ? trial.id().kind().name().toLowerCase(java.util.Locale.ROOT) : "memory",
                String.valueOf(trial.id().round()),
                trial.id().variant(),
                String.valueOf(trial.id().attempt()),
                status,
                metric.id(),
                metric.unit().symbol(),
                value);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
