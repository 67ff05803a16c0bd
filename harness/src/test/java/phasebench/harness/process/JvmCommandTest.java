package phasebench.harness.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import phasebench.harness.machine.CpuPinning;
import phasebench.harness.machine.CpuPlacement;

class JvmCommandTest {
    private static final Path JDK = Path.of("/jdk");
    private static final Path JAR = Path.of("/p/relay.jar");

    @Test
    void theWholeCommandLine() {
        List<String> prefix = CpuPinning.launcherPrefix(
                CpuPlacement.Pinning.APART, List.of(0), new CpuPinning.UtilLinux(true, true, true));

        assertThat(new JvmCommand(prefix, JDK, 1, List.of(), JAR).with("--config", "relay.yaml"))
                .containsExactly(
                        "setsid",
                        "setpriv",
                        "--pdeathsig",
                        "KILL",
                        "taskset",
                        "--cpu-list",
                        "0",
                        "/jdk/bin/java",
                        "-Xms1g",
                        "-Xmx1g",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "-XX:-UseDynamicNumberOfCompilerThreads",
                        "-XX:-UseDynamicNumberOfGCThreads",
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:+DebugNonSafepoints",
                        "-XX:+EnableDynamicAgentLoading",
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:ActiveProcessorCount=1",
                        "-jar",
                        "/p/relay.jar",
                        "--config",
                        "relay.yaml");
    }

    @Test
    void nothingIsPinnedWithoutTheMeans() {
        CpuPinning.UtilLinux none = new CpuPinning.UtilLinux(false, false, false);

        assertThat(CpuPinning.launcherPrefix(CpuPlacement.Pinning.NONE, List.of(0, 1), none))
                .isEmpty();
    }

    @Test
    void aVariantsFlagsComeLastAndItsCollectorReplacesOurs() {
        List<String> flags = new JvmCommand(List.of(), JDK, 2, List.of("-XX:+UseG1GC", "-Xmx2g"), JAR).flags();

        assertThat(flags)
                .endsWith("-XX:ActiveProcessorCount=2", "-XX:+UseG1GC", "-Xmx2g")
                .contains("-Xmx1g")
                .doesNotContain("-XX:+UseSerialGC");
    }
}
