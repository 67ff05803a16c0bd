package phasebench.harness.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class StandstillTest {
    private Process busy;

    @BeforeEach
    void start() throws IOException {
        busy = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
    }

    @AfterEach
    void end() {
        busy.destroyForcibly();
    }

    @Test
    void aProcessThatStandsStillUsesNoCpuAndThenGoesOn() throws Exception {
        long stoppedNs;
        try (Standstill _ = Standstill.of(List.of(busy.pid()))) {
            stoppedNs = NativeClocks.processCpuNs(busy.pid());
            Thread.sleep(50);
            assertThat(NativeClocks.processCpuNs(busy.pid())).isEqualTo(stoppedNs);
        }
        long limitNs = System.nanoTime() + 10_000_000_000L;
        while (NativeClocks.processCpuNs(busy.pid()) == stoppedNs && System.nanoTime() < limitNs) {
            Thread.sleep(5);
        }
        assertThat(NativeClocks.processCpuNs(busy.pid())).isGreaterThan(stoppedNs);
    }

    @Test
    void whenOneIsGoneTheOthersGoOn() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();

        assertThatThrownBy(() -> Standstill.of(List.of(busy.pid(), gone.pid()))).isInstanceOf(IOException.class);

        long before = NativeClocks.processCpuNs(busy.pid());
        Thread.sleep(200);
        assertThat(NativeClocks.processCpuNs(busy.pid())).isGreaterThan(before);
    }
}
