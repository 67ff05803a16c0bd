package phasebench.harness;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.bench.BenchSize;
import phasebench.harness.load.bench.HotPathBench;
import phasebench.harness.load.bench.ReceiveBench;
import phasebench.reports.stats.Interval;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `phasebench bench-load`.
@Command(
        name = "bench-load",
        description = "measure the load generator itself: its CPU per received packet, beside plain"
                + " DatagramChannel.receive; explains, never decides",
        mixinStandardHelpOptions = true)
final class BenchLoadCommand implements Callable<Integer> {
    /// What the load generator should cost, of plain receiving without any audit, as one would write it.
    private static final double RATIO_WANTED = 0.6;

    @Option(
            names = "--viewers",
            paramLabel = "N",
            description = "viewers, each with 60 packets a second (default: 1000)")
    private @Nullable Integer viewers;

    @Option(names = "--quick", description = "as short as can be; the numbers mean nothing")
    private boolean isQuick;

    @Override
    public Integer call() throws UsageException, PreflightException {
        BenchSize size = size();
        PrintStream out = System.out;
        out.printf(
                "CPU of the receiving thread per packet, %d viewers x 60 packets/s, %d rounds, side by side%n",
                size.viewers(), size.rounds());
        List<ReceiveBench.Outcome> outcomes;
        try {
            outcomes = new ReceiveBench(size).measure();
        } catch (IOException e) {
            throw new PreflightException(List.of("the load generator's engine does not run here: " + e.getMessage()));
        }
        outcomes.forEach(outcome -> out.println(line(outcome, size)));
        out.println(verdict(outcomes, size));
        out.println("CPU of other hot paths, per packet, side by side");
        new HotPathBench(size).measure().forEach(cost -> out.println(line(cost)));
        out.flush();
        return ExitCode.OK;
    }

    private BenchSize size() throws UsageException {
        BenchSize base = isQuick ? BenchSize.QUICK : BenchSize.FULL;
        Integer wanted = viewers;
        if (wanted == null) {
            return base;
        }
        try {
            return new BenchSize(wanted, base.warmUpRounds(), base.rounds(), base.roundLength());
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "--viewers: value '%d' is no number of viewers; allowed: 1 to 10000".formatted(wanted), e);
        }
    }

    private String verdict(List<ReceiveBench.Outcome> outcomes, BenchSize size) {
        ReceiveBench.Outcome engine = outcomes.getLast();
        Interval blocking = engine.ratioTo(outcomes.get(ReceiveBench.BLOCKING));
        Interval polled = engine.ratioTo(outcomes.get(ReceiveBench.POLLED));
        if (blocking == null || polled == null || isQuick) {
            return "too few rounds for a ratio: the numbers mean nothing";
        }
        return """
                the last one's cost, %d rounds in pairs:
                  %s of plain receiving as one would write it, which blocks in select; wanted: at most %.1f
                  %s of plain receiving that looks at its sockets at the load generator's tick""".formatted(size.rounds(), text(blocking), RATIO_WANTED, text(polled));
    }

    private static String text(Interval ratio) {
        return "%.2f (%.0f %% interval %.2f to %.2f)"
                .formatted(ratio.estimate(), 100 * ratio.confidence(), ratio.low(), ratio.high());
    }

    private static String line(HotPathBench.Cost cost) {
        double[] sorted = cost.cpuNs().stream().mapToDouble(v -> v).sorted().toArray();
        return "  %6.0f ns  (%.0f to %.0f)  %s"
                .formatted(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1], cost.name());
    }

    private static String line(ReceiveBench.Outcome outcome, BenchSize size) {
        String missing = outcome.packetsMissing() == 0
                ? ""
                : "; %d of %d packets not received"
                        .formatted(outcome.packetsMissing(), size.packetsPerRound() * size.rounds());
        String complaint = outcome.complaint().isEmpty() ? "" : "; audit: " + outcome.complaint();
        return "  %6.0f ns  (%.0f to %.0f), sending %.0f ns  %s%s%s"
                .formatted(
                        outcome.median(),
                        outcome.cpuNsPerPacket().stream()
                                .mapToDouble(v -> v)
                                .min()
                                .orElse(0),
                        outcome.cpuNsPerPacket().stream()
                                .mapToDouble(v -> v)
                                .max()
                                .orElse(0),
                        outcome.sendingMedian(),
                        outcome.name(),
                        missing,
                        complaint);
    }
}
