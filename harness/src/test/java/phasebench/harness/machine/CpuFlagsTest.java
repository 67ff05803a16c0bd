package phasebench.harness.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CpuFlagsTest {
    @Test
    void ofAllFlagsOnlyThoseForCryptographyAreKept() {
        String cpuinfo = """
                processor\t: 0
                vendor_id\t: GenuineIntel
                flags\t\t: fpu vme aes xsave avx2 pclmulqdq sha_ni
                processor\t: 1
                flags\t\t: fpu vaes
                """;

        assertThat(CpuFlags.parse(cpuinfo)).containsExactly("aes", "pclmulqdq", "sha_ni", "avx2");
    }

    @Test
    void armHasOtherNames() {
        assertThat(CpuFlags.parse("Features\t: fp asimd aes pmull sha1 sha2\n"))
                .containsExactly("aes", "pmull", "sha1");
        assertThat(CpuFlags.parse("")).isEmpty();
    }
}
