package phasebench.harness.process;

import java.util.LinkedHashMap;
import java.util.Map;

/// The Prometheus text exposition format, as far as a relay's counters need it.
public final class PrometheusText {
    private PrometheusText() {}

    /// Samples of a text: name with labels as written, to value. Comments and lines that hold no number are
    /// skipped.
    public static Map<String, Double> parse(String text) {
        Map<String, Double> samples = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            int space = line.lastIndexOf(' ');
            if (line.startsWith("#") || space < 1) {
                continue;
            }
            try {
                samples.put(line.substring(0, space).strip(), Double.parseDouble(line.substring(space + 1)));
            } catch (NumberFormatException _) {
                // not a sample
            }
        }
        return samples;
    }

    /// Whether a counters file was written to its end.
    public static boolean isComplete(String text) {
        return text.stripTrailing().endsWith("# EOF");
    }
}
