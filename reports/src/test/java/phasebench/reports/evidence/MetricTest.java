package phasebench.reports.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import phasebench.reports.rundir.HeapEvidence;
import phasebench.reports.rundir.LatencyEvidence;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.ProcessReading;
import phasebench.reports.rundir.ThreadRoleReading;
import phasebench.reports.rundir.TrialId;
import phasebench.reports.rundir.TrialKind;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.reports.rundir.TrialRecord;

/// One trial with round numbers: 1 s of CPU in 10 s for 100 packets to 2 viewers, 25 lost.
class MetricTest {
    private static final ProcessReading BEFORE = reading(0, 500, 0, Map.of(), Map.of());
    private static final ProcessReading AFTER =
            reading(10_000_000_000L, 1_000_000_500L, 50, Map.of("relay_sockets", 4.0), Map.of());

    @Test
    void metricsAreWhatTheirFormulasSay() {
        TrialRecord trial = trial(BEFORE, AFTER, load(100, 25));
        assertValue(Metric.CPU_NS_PER_PACKET, trial, 1e7);
        assertValue(Metric.CPU_PERCENT, trial, 10);
        assertValue(Metric.HEAP_LIVE_BYTES_PER_VIEWER, trial, 4000);
        assertValue(Metric.GOROUTINE_EQUIVALENTS_PER_VIEWER, trial, 6.5);
        assertValue(Metric.LOSS_RATIO, trial, 0.2);
        assertValue(Metric.WAKE_UPS_PER_PACKET, trial, 0.5);
        assertValue(Metric.FRAMES_INCOMPLETE, trial, 7);
        assertValue(Metric.PACKETS_PER_SECOND, trial, 10);
        assertValue(Metric.SOCKETS, trial, 4);
        assertValue(Metric.RUN_DELAY_PERCENT, trial, 1);
    }

    @Test
    void theCollectorsOwnCounterIsPreferredToItsThreads() {
        TrialRecord byRole = trial(BEFORE, AFTER, load(100, 0));
        assertValue(Metric.CPU_GC_NS, byRole, 50_000_000);
        String counter = "sun.threads.total_gc_cpu_time";
        TrialRecord byCounter = trial(
                reading(0, 500, 0, Map.of(), Map.of(counter, 5L)),
                reading(1, 600, 50, Map.of(), Map.of(counter, 12L)),
                load(100, 0));
        assertValue(Metric.CPU_GC_NS, byCounter, 7);
    }

    @Test
    void aMetricWithoutItsEvidenceSaysWhy() {
        TrialRecord early = trial(null, null, null);
        assertThat(Metric.CPU_NS_PER_PACKET.of(early)).isEqualTo(new Reading.Missing("no reading after the window"));
        assertThat(Metric.LOSS_RATIO.of(early)).isEqualTo(new Reading.Missing("no evidence from the load generator"));
        TrialRecord silent = trial(BEFORE, AFTER, load(0, 0));
        assertThat(Metric.CPU_NS_PER_PACKET.of(silent))
                .isEqualTo(new Reading.Missing("nothing was delivered in the window"));
        assertThat(Metric.LATENCY_NS_P99.of(silent))
                .isEqualTo(new Reading.Missing("no packet with a known due time arrived"));
        assertThat(Metric.SEND_CALLS_PER_PACKET.of(silent))
                .isEqualTo(new Reading.Missing("the relay exports no relay_send_calls_total"));
        assertThat(Metric.CPU_JIT_NS.of(silent))
                .isEqualTo(new Reading.Missing("no reading of threads with the role jit"));
    }

    @Test
    void everyMetricHasAnIdOfItsOwn() {
        assertThat(Arrays.stream(Metric.values()).map(Metric::id)).doesNotHaveDuplicates();
        assertThat(Metric.byId("cpuNsPerPacket")).contains(Metric.CPU_NS_PER_PACKET);
    }

    @Test
    void rolesAddUpToTheProcess() {
        assertThat(CpuByRole.of(trial(BEFORE, AFTER, null)).cpuNs())
                .isEqualTo(Map.of("gc", 50_000_000L, "forwarder", 850_000_000L, CpuByRole.ENDED, 100_000_000L));
        assertThat(CpuByRole.of(trial(null, null, null)).cpuNs()).isEmpty();
    }

    private static void assertValue(Metric metric, TrialRecord trial, double expected) {
        assertThat(metric.of(trial)).isEqualTo(new Reading.Value(expected));
    }

    private static ProcessReading reading(
            long atNs, long cpuNs, long switches, Map<String, Double> relayCounters, Map<String, Long> jvmCounters) {
        long used = cpuNs - 500;
        List<ThreadRoleReading> threads = List.of(
                new ThreadRoleReading("gc", 1, 10 + used / 20, 0),
                new ThreadRoleReading("forwarder", 1, 10 + used * 17 / 20, 5 + used / 10));
        return new ProcessReading(atNs, cpuNs, threads, switches, 0, 0, 9, 0, 0, relayCounters, jvmCounters);
    }

    private static LoadEvidence load(long received, long lost) {
        LatencyEvidence latency = new LatencyEvidence(received, 1, 2, 3, 4, 5, "");
        return new LoadEvidence(
                2,
                2,
                10,
                20,
                13,
                received,
                lost,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                Map.of(),
                Map.of(),
                10_000_000_000L,
                List.of(),
                latency);
    }

    private static TrialRecord trial(
            @Nullable ProcessReading before, @Nullable ProcessReading after, @Nullable LoadEvidence load) {
        return new TrialRecord(
                1,
                new TrialId(TrialKind.STEADY, 1, "start", 1),
                new TrialOutcome.Measured(),
                "2026-11-22T17:45:01Z",
                List.of(),
                null,
                before,
                after,
                new HeapEvidence(8000, 9000, 14, 3, 10),
                load,
                Map.of());
    }
}
