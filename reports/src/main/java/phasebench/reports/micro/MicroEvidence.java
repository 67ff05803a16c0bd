package phasebench.reports.micro;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phasebench.reports.rundir.JsonFile;
import phasebench.reports.rundir.RunDirectoryException;
import tools.jackson.databind.JsonNode;

/// The results of benchmarks, as JMH 1.37 writes them (`-rf json`): the file `micro.json` of a run.
///
/// @param results in the order of the file
public record MicroEvidence(List<MicroResult> results) {
    private static final String CPU = "cpu.norm";
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    public MicroEvidence {
        results = List.copyOf(results);
    }

    /// A pair of benchmarks that were both measured.
    public record Measured(MicroPhase phase, MicroPair pair, MicroResult before, MicroResult after) {
        /// Time after over time before.
        public double ratio() {
            return after.timeNs().mean() / before.timeNs().mean();
        }

        /// Half the width of the ratio's 99.9 % interval, by the relative errors of both sides; null without them.
        public @Nullable Double ratioError() {
            Double errorBefore = before.timeNs().error();
            Double errorAfter = after.timeNs().error();
            return errorBefore == null || errorAfter == null
                    ? null
                    : ratio()
                            * Math.hypot(
                                    errorBefore / before.timeNs().mean(),
                                    errorAfter / after.timeNs().mean());
        }
    }

    /// @throws RunDirectoryException if it is no such file, with what is wrong
    public static MicroEvidence read(Path file) throws RunDirectoryException {
        JsonNode root = JsonFile.readForeign(file);
        if (!root.isArray()) {
            throw new RunDirectoryException(file, "not results of JMH: no array");
        }
        List<MicroResult> results = new ArrayList<>();
        for (JsonNode node : root) {
            results.add(result(file, node));
        }
        return new MicroEvidence(results);
    }

    /// The pairs of which both sides were measured, in the order of the phases.
    public List<Measured> pairs() {
        List<Measured> measured = new ArrayList<>();
        for (MicroPhase phase : MicroPhase.values()) {
            for (MicroPair pair : phase.pairs()) {
                Optional<MicroResult> before = find(pair.before());
                Optional<MicroResult> after = find(pair.after());
                if (before.isPresent() && after.isPresent()) {
                    measured.add(new Measured(phase, pair, before.get(), after.get()));
                }
            }
        }
        return measured;
    }

    public Optional<MicroResult> find(MicroBenchmark benchmark) {
        return results.stream()
                .filter(result -> result.benchmark().equals(benchmark))
                .findFirst();
    }

    private static MicroResult result(Path file, JsonNode node) throws RunDirectoryException {
        String name = node.path("benchmark").asString("");
        if (!name.contains(".")) {
            throw new RunDirectoryException(file, "not results of JMH: an entry names no benchmark");
        }
        if (!node.path("mode").asString("").equals("avgt")) {
            throw new RunDirectoryException(file, name + " was not measured in average time");
        }
        JsonNode secondary = node.path("secondaryMetrics");
        return new MicroResult(
                new MicroBenchmark(shortName(name), parameters(node.path("params"))),
                secondary.has(CPU) ? score(file, name, secondary.path(CPU), "ns/op") : null,
                score(file, name, node.path("primaryMetric"), "ns/op"),
                secondary.has(ALLOCATION) ? score(file, name, secondary.path(ALLOCATION), "B/op") : null);
    }

    /// Class and method: packages are the relay's affair.
    private static String shortName(String name) {
        int method = name.lastIndexOf('.');
        return name.substring(name.lastIndexOf('.', method - 1) + 1);
    }

    private static Map<String, String> parameters(JsonNode node) {
        Map<String, String> parameters = new LinkedHashMap<>();
        node.properties()
                .forEach(
                        entry -> parameters.put(entry.getKey(), entry.getValue().asString("")));
        return parameters;
    }

    private static MicroScore score(Path file, String name, JsonNode node, String unit) throws RunDirectoryException {
        JsonNode mean = node.path("score");
        if (!mean.isNumber()) {
            throw new RunDirectoryException(file, name + " has no score");
        }
        if (!node.path("scoreUnit").asString("").equals(unit)) {
            throw new RunDirectoryException(file, "%s is in %s, not %s".formatted(name, node.path("scoreUnit"), unit));
        }
        JsonNode error = node.path("scoreError");
        // JMH writes "NaN" where there are fewer than three iterations
        return new MicroScore(mean.doubleValue(), error.isNumber() ? error.doubleValue() : null);
    }
}
