package phasebench.reports.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import phasebench.reports.comparison.ComparisonDocument;
import phasebench.reports.comparison.RunEvidence;
import phasebench.reports.evidence.CpuByRole;
import phasebench.reports.evidence.LatencyCurve;
import phasebench.reports.html.PageModel.Cpu;
import phasebench.reports.html.PageModel.Latency;
import phasebench.reports.html.PageModel.LegendEntry;
import phasebench.reports.html.PageModel.RoleRow;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.TrialRecord;
import phasebench.reports.text.Figures;

/// The two pictures over all trials of a variant: CPU per packet by thread role, and latency by quantile.
final class CpuAndLatency {
    /// The smallest roles share one colour.
    private static final int ROLES_MAX = Ink.SERIES_COUNT - 1;

    private static final String OTHERS = "all others";

    private final RunEvidence run;
    private final List<String> variants;

    CpuAndLatency(RunEvidence run, ComparisonDocument comparison) {
        this.run = run;
        this.variants = run.variants().stream()
                .filter(variant -> comparison.metrics().getFirst().of(variant).n() > 0)
                .toList();
    }

    Cpu cpu() {
        Map<String, double[]> rows = largestFirst(nsPerPacketByRole());
        List<RoleRow> table = new ArrayList<>();
        for (Map.Entry<String, double[]> row : rows.entrySet()) {
            List<String> values = new ArrayList<>();
            for (double value : row.getValue()) {
                values.add(Figures.tick(Math.rint(value)));
            }
            table.add(new RoleRow(row.getKey(), Ink.series(table.size()).cssClass(), values));
        }
        String svg = rows.isEmpty()
                ? null
                : RolesChart.markup(
                        variants, rows, "CPU nanoseconds per forwarded packet by thread role, stacked, by variant");
        return new Cpu(svg, variants, table);
    }

    Latency latency() {
        Map<String, double[][]> lines = new LinkedHashMap<>();
        List<LegendEntry> legend = new ArrayList<>();
        for (String variant : variants) {
            LatencyCurve.of(run.measured(variant)).ifPresent(curve -> {
                legend.add(legendEntry(variant, lines.size()));
                lines.put(variant, new double[][] {array(curve.nines()), array(curve.latencyNs())});
            });
        }
        String svg = lines.isEmpty()
                ? null
                : QuantilesChart.markup(lines, "Latency by quantile, from due time to arrival, by variant");
        return new Latency(svg, legend);
    }

    private static LegendEntry legendEntry(String variant, int index) {
        return new LegendEntry(variant, Ink.series(index).cssClass(), ChartStyle.dashes(index));
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /// Time of a role over all measured trials of a variant, over the packets of those trials; one number for each
    /// variant.
    private Map<String, double[]> nsPerPacketByRole() {
        Set<String> roles = new TreeSet<>();
        List<Map<String, Double>> byVariant = new ArrayList<>();
        for (String variant : variants) {
            byVariant.add(nsPerPacket(run.measured(variant)));
            roles.addAll(byVariant.getLast().keySet());
        }
        Map<String, double[]> rows = new LinkedHashMap<>();
        for (String role : roles) {
            rows.put(
                    role,
                    byVariant.stream()
                            .mapToDouble(own -> own.getOrDefault(role, 0.0))
                            .toArray());
        }
        return rows;
    }

    private static Map<String, Double> nsPerPacket(List<TrialRecord> trials) {
        Map<String, Double> sums = new LinkedHashMap<>();
        double packets = 0;
        for (TrialRecord trial : trials) {
            LoadEvidence load = trial.load();
            Map<String, Long> cpuNs = CpuByRole.of(trial).cpuNs();
            if (load != null && !cpuNs.isEmpty()) {
                packets += load.packetsForwarded();
                cpuNs.forEach((role, ns) -> sums.merge(role, (double) ns, Double::sum));
            }
        }
        double divisor = Math.max(1, packets);
        sums.replaceAll((_, ns) -> ns / divisor);
        return sums;
    }

    private static Map<String, double[]> largestFirst(Map<String, double[]> rows) {
        Map<String, double[]> sorted = new LinkedHashMap<>();
        rows.entrySet().stream()
                .sorted(Comparator.comparingDouble(row -> -largest(row.getValue())))
                .forEach(row -> {
                    boolean isOwn = sorted.size() < ROLES_MAX && !row.getKey().equals(CpuByRole.ENDED);
                    sorted.merge(isOwn ? row.getKey() : OTHERS, row.getValue(), CpuAndLatency::sum);
                });
        double[] others = sorted.remove(OTHERS);
        if (others != null) {
            sorted.put(OTHERS, others);
        }
        return sorted;
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    private static double[] sum(double[] a, double[] b) {
        double[] sum = a.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }
}
