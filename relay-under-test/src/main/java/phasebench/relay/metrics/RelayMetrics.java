package phasebench.relay.metrics;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/// The counters and gauges of one relay. Counters may be added to from any thread.
public final class RelayMetrics {
    private final Map<RelayCounter, LongAdder> counters = new EnumMap<>(RelayCounter.class);
    private final Map<String, Gauge> gauges = new ConcurrentHashMap<>();

    private record Gauge(String type, String doc, LongSupplier value) {}

    public RelayMetrics() {
        for (var counter : RelayCounter.values()) {
            counters.put(counter, new LongAdder());
        }
    }

    public void increment(RelayCounter counter) {
        add(counter, 1);
    }

    public void add(RelayCounter counter, long amount) {
        adder(counter).add(amount);
    }

    public long value(RelayCounter counter) {
        return adder(counter).sum();
    }

    /// Adds a value that is read when the text is asked for.
    public void gauge(String name, String doc, LongSupplier value) {
        gauges.put(name, new Gauge("gauge", doc, value));
    }

    /// Adds what the JVM tells about itself.
    public void addJvmGauges(CountedThreads threads) {
        var memory = ManagementFactory.getPlatformMXBean(com.sun.management.ThreadMXBean.class);
        gauges.put(
                "jvm_allocated_bytes_total",
                new Gauge(
                        "counter",
                        "bytes allocated on the heap by all threads, ended ones included",
                        memory::getTotalThreadAllocatedBytes));
        gauge("jvm_threads_platform", "live platform threads, without the VM's own (GC, JIT)", memory::getThreadCount);
        gauge("jvm_threads_virtual", "live virtual threads that the relay created", threads::live);
    }

    /// All values in the Prometheus text format 0.0.4; the last line is `# EOF`, so that a reader sees a cut file.
    public String prometheusText() {
        var text = new StringBuilder(8192);
        var bySeries = Arrays.stream(RelayCounter.values())
                .collect(Collectors.groupingBy(RelayCounter::series, LinkedHashMap::new, Collectors.toList()));
        bySeries.forEach((series, counters) -> {
            var doc = counters.stream().map(RelayMetrics::labelledDoc).collect(Collectors.joining("; "));
            header(text, series, "counter", doc);
            for (var counter : counters) {
                var labels = counter.labels().isEmpty() ? "" : "{" + counter.labels() + "}";
                text.append(series)
                        .append(labels)
                        .append(' ')
                        .append(value(counter))
                        .append('\n');
            }
        });
        gauges.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            var gauge = entry.getValue();
            header(text, entry.getKey(), gauge.type(), gauge.doc());
            text.append(entry.getKey())
                    .append(' ')
                    .append(gauge.value().getAsLong())
                    .append('\n');
        });
        return text.append("# EOF\n").toString();
    }

    private static String labelledDoc(RelayCounter counter) {
        return counter.labels().isEmpty() ? counter.doc() : counter.labels().replace("\"", "") + ": " + counter.doc();
    }

    private static void header(StringBuilder text, String name, String type, String doc) {
        text.append("# HELP ").append(name).append(' ').append(doc).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private LongAdder adder(RelayCounter counter) {
        var adder = counters.get(counter);
        if (adder == null) {
            throw new IllegalArgumentException("no such counter: " + counter);
        }
        return adder;
    }
}
