package phasebench.harness.floor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import phasebench.harness.machine.Finding;
import phasebench.reports.rundir.IntrinsicsEvidence;

class IntrinsicsFindingsTest {
    private static final List<String> CPU = List.of("aes", "pclmulqdq", "sha_ni");

    @Test
    void whatIsManyTimesSlowerWithoutIsInUse() {
        assertThat(IntrinsicsFindings.of(evidence(CPU, flags("true"), 150, 2900, 3)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.state()).isEqualTo(Finding.State.OK);
                    assertThat(finding.found())
                            .isEqualTo("intrinsics in use: 150 ns of CPU for 1200 bytes, 2900 without intrinsics"
                                    + " (x 19.3); JVM has UseAES, UseAESIntrinsics, UseAESCTRIntrinsics on, CPU has"
                                    + " aes, pclmulqdq, sha_ni");
                });
    }

    @Test
    void aMachineThatHidesItsInstructionsIsNamedWithWhatToDo() {
        assertThat(IntrinsicsFindings.of(evidence(List.of("avx2"), flags("false"), 2800, 2900, 3)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.state()).isEqualTo(Finding.State.WARN);
                    assertThat(finding.found()).contains("intrinsics not in use", "the CPU shows no aes");
                    assertThat(finding.cost()).contains("dearer");
                    assertThat(finding.mend()).contains("host-passthrough");
                });
    }

    @Test
    void aFlagThatSwitchesThemOffIsNamed() {
        Map<String, String> flags = flags("true");
        flags.put("UseAESCTRIntrinsics", "false");

        assertThat(IntrinsicsFindings.of(evidence(CPU, flags, 2800, 2900, 3)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.found()).contains("the JVM's UseAESCTRIntrinsics is false");
                    assertThat(finding.mend()).contains("JAVA_TOOL_OPTIONS");
                });
    }

    @Test
    void flagsAloneProveNothing() {
        assertThat(IntrinsicsFindings.of(evidence(CPU, flags("true"), 2800, 2900, 3)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.state()).isEqualTo(Finding.State.WARN);
                    assertThat(finding.found()).contains("JVM and CPU flags are as they should be");
                });
    }

    private static Map<String, String> flags(String value) {
        Map<String, String> flags = new LinkedHashMap<>();
        IntrinsicsBench.FLAGS.forEach(flag -> flags.put(flag, value));
        return flags;
    }

    private static IntrinsicsEvidence evidence(
            List<String> cpuFlags, Map<String, String> jvmFlags, double on, double off, double slowdownMin) {
        return new IntrinsicsEvidence(
                cpuFlags, jvmFlags, List.of(new IntrinsicsEvidence.Part("AES-CTR", on, off, slowdownMin)));
    }
}
