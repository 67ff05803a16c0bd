package phasebench.harness.floor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import phasebench.harness.machine.Finding;
import phasebench.reports.rundir.IntrinsicsEvidence;

/// What the doctor says of intrinsics: one finding for each algorithm that SRTP uses.
public final class IntrinsicsFindings {
    /// By algorithm: JVM flags and processor flags that it needs; of the latter any one of a group.
    private static final Map<String, Needs> NEEDS = Map.of(
            "AES-CTR",
            new Needs(List.of("UseAES", "UseAESIntrinsics", "UseAESCTRIntrinsics"), List.of(List.of("aes"))),
            "AES-GCM",
            new Needs(
                    List.of("UseAES", "UseAESIntrinsics", "UseAESCTRIntrinsics", "UseGHASHIntrinsics"),
                    List.of(List.of("aes"), List.of("pclmulqdq", "pmull"))),
            "SHA-1",
            new Needs(List.of("UseSHA", "UseSHA1Intrinsics"), List.of(List.of("sha_ni", "sha1", "avx2"))));

    private static final Needs NOTHING = new Needs(List.of(), List.of());

    private record Needs(List<String> jvmFlags, List<List<String>> cpuFlags) {}

    private IntrinsicsFindings() {}

    public static List<Finding> of(IntrinsicsEvidence evidence) {
        return evidence.parts().stream().map(part -> finding(evidence, part)).toList();
    }

    private static Finding finding(IntrinsicsEvidence evidence, IntrinsicsEvidence.Part part) {
        String measured = "%.0f ns of CPU for 1200 bytes, %.0f without intrinsics (x %.1f)"
                .formatted(part.cpuNsPerPacketOn(), part.cpuNsPerPacketOff(), part.slowdown());
        Needs needs = NEEDS.getOrDefault(part.name(), NOTHING);
        if (part.isInUse()) {
            return new Finding(
                    part.name(),
                    Finding.State.OK,
                    "intrinsics in use: %s; JVM has %s on, CPU has %s"
                            .formatted(
                                    measured,
                                    String.join(", ", needs.jvmFlags),
                                    String.join(", ", evidence.cpuFlags())),
                    "",
                    "");
        }
        List<String> causes = causes(evidence, needs);
        return new Finding(
                part.name(),
                Finding.State.WARN,
                "intrinsics not in use: %s; %s"
                        .formatted(
                                measured,
                                causes.isEmpty()
                                        ? "JVM and CPU flags are as they should be"
                                        : String.join(", ", causes)),
                "every packet under this algorithm is several times dearer than it need be, in every variant alike",
                mend(causes));
    }

    private static List<String> causes(IntrinsicsEvidence evidence, Needs needs) {
        List<String> causes = new ArrayList<>();
        for (List<String> anyOf : needs.cpuFlags) {
            if (anyOf.stream().noneMatch(evidence.cpuFlags()::contains)) {
                causes.add("the CPU shows no " + String.join(" or ", anyOf));
            }
        }
        for (String flag : needs.jvmFlags) {
            String value = evidence.jvmFlags().get(flag);
            if (!"true".equals(value)) {
                causes.add("the JVM's %s is %s".formatted(flag, value == null ? "not known" : value));
            }
        }
        return causes;
    }

    private static String mend(List<String> causes) {
        if (causes.isEmpty()) {
            return "run doctor again on a quiet machine: the JIT may not have finished";
        }
        return causes.getFirst().startsWith("the CPU")
                ? "let the virtual machine see its host's CPU flags (CPU model host-passthrough), or take another machine"
                : "drop the -XX:-Use... flags from JAVA_TOOL_OPTIONS, JDK_JAVA_OPTIONS and the variant";
    }
}
