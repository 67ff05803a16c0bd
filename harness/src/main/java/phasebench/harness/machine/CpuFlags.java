package phasebench.harness.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// What the processor can do for cryptography, as /proc/cpuinfo names it.
public final class CpuFlags {
    /// x86 first, then ARM; `aes` is the name of both.
    private static final List<String> WANTED =
            List.of("aes", "vaes", "pclmulqdq", "vpclmulqdq", "sha_ni", "avx2", "avx512f", "pmull", "sha1");

    private CpuFlags() {}

    /// Those of the first core; empty where the kernel does not say.
    public static List<String> ofThisMachine() {
        try {
            return parse(Files.readString(Path.of("/proc/cpuinfo")));
        } catch (IOException _) {
            return List.of();
        }
    }

    static List<String> parse(String cpuinfo) {
        List<String> present = cpuinfo.lines()
                .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                .findFirst()
                .map(line -> Arrays.asList(
                        line.substring(line.indexOf(':') + 1).strip().split(" +", -1)))
                .orElse(List.of());
        return WANTED.stream().filter(present::contains).toList();
    }
}
