package phasebench.harness.micro;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import phasebench.reports.micro.MicroPhase;

/// What JMH is told: which benchmarks, how long, and where the results go.
///
/// @param phases whose benchmarks are run
public record JmhPlan(List<MicroPhase> phases, Length length) {
    /// How long each benchmark runs.
    public enum Length {
        /// Ten seconds of warm-up and measurement in each of two JVMs.
        FULL("-f 2 -wi 5 -w 1s -i 5 -r 1s"),
        /// To see that everything works; the numbers mean nothing.
        QUICK("-f 1 -wi 1 -w 100ms -i 1 -r 100ms");

        private final String options;

        Length(String options) {
            this.options = options;
        }

        List<String> options() {
            return List.of(options.split(" ", -1));
        }
    }

    public JmhPlan {
        phases = List.copyOf(phases);
    }

    /// The arguments of `org.openjdk.jmh.Main`.
    public List<String> arguments(Path results) {
        return Stream.of(
                        List.of(include()),
                        length.options(),
                        List.of("-bm", "avgt", "-tu", "ns", "-prof", "gc"),
                        List.of("-prof", "phasebench.relay.benchmark.ProcessCpuProfiler"),
                        List.of("-rf", "json", "-rff", results.toString()))
                .flatMap(List::stream)
                .toList();
    }

    /// A pattern of the classes of all phases.
    private String include() {
        return phases.stream()
                .flatMap(phase -> phase.benchmarkClasses().stream())
                .distinct()
                .collect(Collectors.joining("|", "\\.(", ")\\."));
    }
}
