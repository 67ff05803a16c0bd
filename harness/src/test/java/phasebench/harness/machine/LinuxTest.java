package phasebench.harness.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What only a Linux machine can answer.
@EnabledOnOs(OS.LINUX)
class LinuxTest {
    @Test
    void theProcessClockFollowsTheWorkOfThisProcess() throws IOException {
        long pid = ProcessHandle.current().pid();
        long before = NativeClocks.processCpuNs(pid);
        long until = System.nanoTime() + 50_000_000;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }

        // the test's core may be shared: at least a part of the 50 ms, at most every core all the time
        assertThat(NativeClocks.processCpuNs(pid) - before).isBetween(1_000_000L, 60_000_000_000L);
    }

    @Test
    void aProcessThatIsNotThereHasNoClock() {
        assertThatThrownBy(() -> NativeClocks.processCpuNs(4_190_000_000L % Integer.MAX_VALUE))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aThreadCanBePinnedToTheCoresItHas() throws IOException {
        List<Integer> allowed = CpuTopology.read().allowedCores();

        LinuxCalls.instance().setAffinity(0, allowed);

        assertThatThrownBy(() -> LinuxCalls.instance().setAffinity(0, List.of(1000)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("errno 22");
    }

    @Test
    void busyTimeIsElapsedTimeWithoutIdle() throws IOException {
        String stat = Files.readString(Path.of("src/test/resources/recorded/linux-6.18-stat.txt"));

        CoreTimes times = CoreTimes.parse(stat, List.of(0, 1), 10_000_000_000_000L);

        // idle + iowait + steal ticks of both cores, 10 ms each
        long notBusyTicks = 185_226 + 125 + 21 + 183_399 + 714 + 20;
        assertThat(times.busyNs()).isEqualTo(20_000_000_000_000L - notBusyTicks * 10_000_000L);
        assertThat(times.stealNs()).isEqualTo(410_000_000);
    }

    @Test
    void noiseIsAShare() throws InterruptedException {
        MachineNoise noise = MachineNoise.sample(CpuTopology.read().allowedCores(), Duration.ofMillis(100));

        assertThat(noise.busyShare()).isBetween(0.0, 1.5);
        assertThat(noise.toString()).startsWith("cores busy ");
    }

    @Test
    void kernelStacksNeedPermissionAndSymbols() {
        assertThat(PerfEvents.of("2", "0", true).hasKernelStacks()).isTrue();
        assertThat(PerfEvents.of("1", "0", false).hasKernelStacks()).isTrue();
        assertThat(PerfEvents.of("2", "0", false).hasKernelStacks()).isFalse();
        assertThat(PerfEvents.of("1", "1", false).hasKernelStacks()).isFalse();
        assertThat(PerfEvents.of("not available", "0", true).hasKernelStacks()).isFalse();
    }

    @Test
    void theDoctorLooksAtEverythingAndSaysWhatAProblemCosts(@TempDir Path runs) throws InterruptedException {
        Doctor doctor = new Doctor(CpuTopology.read(), Path.of(System.getProperty("java.home")), runs.resolve("new"));

        List<Finding> findings = doctor.examine();

        assertThat(findings)
                .extracting(Finding::name)
                .contains("system", "JDK", "cores", "util-linux", "noise now", "memory", "disk", "perf events")
                .contains("tracefs", "UDP GSO", "sendmmsg", "OpenSSL", "ffmpeg", "browser");
        assertThat(findings)
                .filteredOn(finding -> finding.state() != Finding.State.OK)
                .allSatisfy(finding -> {
                    assertThat(finding.cost()).isNotBlank();
                    assertThat(finding.mend()).isNotBlank();
                });
        assertThat(findings).noneMatch(finding -> finding.state() == Finding.State.UNFIT);
    }

    @Test
    void aJdkWithoutToolsIsUnfit(@TempDir Path empty) throws InterruptedException {
        assertThat(new Doctor(CpuTopology.read(), empty, empty).examine())
                .filteredOn(finding -> finding.state() == Finding.State.UNFIT)
                .extracting(Finding::name)
                .containsExactly("JDK");
    }
}
