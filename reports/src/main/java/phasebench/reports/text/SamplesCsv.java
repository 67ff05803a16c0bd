package phasebench.reports.text;

import phasebench.reports.comparison.RunEvidence;
import phasebench.reports.evidence.Metric;
import phasebench.reports.evidence.Reading;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.reports.rundir.TrialRecord;

/// Every metric of every trial, one per line (RFC 4180), for other tools; only lines with status `measured` and kind
/// `steady` enter a comparison.
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
        return out.toString();
    }

    private static String line(TrialRecord trial, Metric metric) {
        String status = switch (trial.outcome()) {
            case TrialOutcome.Measured _ -> "measured";
            case TrialOutcome.Invalid _ -> "invalid";
            case TrialOutcome.Failed _ -> "failed";
        };
        // a trial that is not measured yields no number, here as everywhere
        Reading reading = status.equals("measured") ? metric.of(trial) : new Reading.Missing("the trial is " + status);
        String value = switch (reading) {
            case Reading.Value(double number) -> number + ",";
            case Reading.Missing(String reason) -> "," + quoted(reason);
        };
        return String.join(
                ",",
                trial.id().directoryName(),
                trial.id().kind().name().toLowerCase(java.util.Locale.ROOT),
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
