package phasebench.harness.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Parsers against what the tools really printed, about one small JVM under Serial GC with 12 virtual threads.
class RecordedOutputTest {
    private static final Path RECORDED = Path.of("src/test/resources/recorded");

    @Test
    void perfCountersOfJdk25() throws IOException {
        var counters = PerfCounters.parse(recorded("jdk-25.0.3-PerfCounter.print.txt"));

        assertThat(counters)
                .containsEntry("sun.os.hrt.frequency", 1_000_000_000L)
                .containsEntry("sun.gc.generation.0.capacity", 89_456_640L)
                .containsEntry("sun.gc.generation.1.capacity", 178_978_816L)
                .containsKeys(
                        "sun.threads.cpu_time.vm",
                        "sun.gc.collector.0.time",
                        "sun.gc.collector.0.invocations",
                        "java.ci.totalTime")
                .doesNotContainKeys(
                        "sun.threads.total_gc_cpu_time",
                        "sun.gc.collector.0.name",
                        "sun.gc.generation.0.agetable.bytes.00");
    }

    @Test
    void classHistogramOfJdk25LeavesOutTheCollectorsFillers() throws IOException {
        String text = recorded("jdk-25.0.3-GC.class_histogram.txt");

        assertThat(text).contains("jdk.internal.vm.FillerElement");
        assertThat(ClassHistogram.liveBytes(text)).isEqualTo(1_526_080 - 125_128);
    }

    @Test
    void aHistogramWithoutTotalIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ClassHistogram.liveBytes("4711:\nnothing"));
    }

    @Test
    void threadDumpOfJdk25ListsVirtualThreads() {
        assertThat(ThreadDump.virtualThreads(RECORDED.resolve("jdk-25.0.3-Thread.dump_to_file.json")))
                .isEqualTo(12);
    }

    @Test
    void statusOfLinux() throws IOException {
        String status = recorded("linux-6.18-status.txt");

        assertThat(ProcFiles.rssBytes(status)).isEqualTo(ProcFiles.statusValue(status, "VmRSS") * 1024);
        assertThat(ProcFiles.rssBytes(status)).isBetween(50L << 20, 300L << 20);
        assertThat(ProcFiles.statusValue(status, "Threads")).isEqualTo(18);
        assertThat(ProcFiles.statusValue(status, "voluntary_ctxt_switches")).isPositive();
        assertThat(ProcFiles.statusValue(status, "NoSuchKey")).isEqualTo(-1);
    }

    @Test
    void schedstatOfLinux() throws IOException {
        ProcFiles.SchedStat times = ProcFiles.schedStat(recorded("linux-6.18-schedstat.txt"));

        assertThat(times.cpuNs()).isPositive();
        assertThat(times.runDelayNs()).isPositive();
        assertThatIllegalArgumentException().isThrownBy(() -> ProcFiles.schedStat("12"));
    }

    @Test
    void everyThreadOfASmallJvmHasTheRoleItPlays() throws IOException {
        assertThat(roles("jdk-25.0.3-serial-comm.txt"))
                .containsOnly("vm", "vm-thread", "jit", "attach", "carrier", "main", "webrtc-reader");
        assertThat(roles("jdk-25.0.3-g1-comm.txt"))
                .containsOnly("vm", "vm-thread", "jit", "gc", "carrier", "main", "webrtc-reader");
        assertThat(roles("jdk-25.0.3-zgc-comm.txt"))
                .containsOnly("vm", "vm-thread", "jit", "gc", "carrier", "main", "webrtc-reader");
    }

    private static List<String> roles(String file) throws IOException {
        List<String> names = recorded(file).lines().toList();
        List<String> roles = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            roles.add(ThreadRole.of(names.get(i), i == 0));
        }
        return roles;
    }

    private static String recorded(String name) throws IOException {
        return Files.readString(RECORDED.resolve(name));
    }
}
