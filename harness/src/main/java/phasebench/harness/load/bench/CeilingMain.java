package phasebench.harness.load.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import phasebench.reports.rundir.JsonFile;

/// The process that measures the load generator's ceiling, pinned to the load's cores: sends to the generator's own
/// engine as a relay would, and prints one JSON document, a [CeilingReading], on its standard output.
public final class CeilingMain {
    /// Two and a half seconds with the start of the JVM. As many viewers as make ticks full: with few viewers
    /// the price of a packet would be that of an empty tick.
    static final BenchSize SIZE = new BenchSize(1000, 3, 5, Duration.ofMillis(200));

    private CeilingMain() {}

    /// @param arguments none
    public static void main(String[] arguments) throws IOException {
        ReceiveBench.Outcome outcome = new ReceiveBench(SIZE).measureEngine();
        CeilingReading reading = new CeilingReading(
                CeilingReading.SCHEMA_VERSION,
                outcome.name(),
                SIZE.viewers(),
                outcome.cpuNsPerPacket(),
                outcome.packetsMissing(),
                outcome.complaint());
        new PrintStream(System.out, true, StandardCharsets.UTF_8).print(JsonFile.text(reading));
    }
}
