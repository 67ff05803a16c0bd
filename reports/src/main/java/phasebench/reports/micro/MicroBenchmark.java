package phasebench.reports.micro;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A benchmark with its parameters.
///
/// @param name class and method, such as `SendBenchmark.send`
public record MicroBenchmark(String name, Map<String, String> parameters) {
    public MicroBenchmark {
        parameters = Map.copyOf(parameters);
    }

    static MicroBenchmark of(String name) {
        return new MicroBenchmark(name, Map.of());
    }

    static MicroBenchmark of(String name, String parameter, String value) {
        return new MicroBenchmark(name, Map.of(parameter, value));
    }

    /// Such as `SendBenchmark.send (send=GSO)`.
    @Override
    public String toString() {
        String values = new TreeMap<>(parameters)
                .entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                        .collect(Collectors.joining(", "));
        return values.isEmpty() ? name : name + " (" + values + ")";
    }
}
