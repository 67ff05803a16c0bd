package phasebench.harness.floor;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import phasebench.harness.machine.Libcrypto;
import phasebench.reports.rundir.FloorEvidence;
import phasebench.reports.rundir.FloorKind;
import phasebench.reports.rundir.FloorReading;
import phasebench.reports.rundir.IntrinsicsEvidence;

/// The floor's processes, with so few rounds that their figures mean nothing but that there are some.
@EnabledOnOs(OS.LINUX)
class FloorProbeIT {
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
    private static final FloorProbe.Effort TINY = new FloorProbe.Effort(1, 2, Duration.ofMillis(100), 2);

    @Test
    void everyKindHasAPriceOrAReason() throws Exception {
        FloorEvidence floor = measure(JAVA_HOME);

        assertThat(floor.readings()).hasSize(8 + 4 + 4 * 9).allSatisfy(reading -> {
            if (reading.missing() == null) {
                assertThat(reading.rounds()).isBetween(1, 2);
                assertThat(requireNonNull(reading.cpuNsPerPacketMin())).isPositive();
                assertThat(requireNonNull(reading.cpuNsPerPacketMedian()))
                        .isGreaterThanOrEqualTo(requireNonNull(reading.cpuNsPerPacketMin()));
            } else {
                assertThat(reading.missing()).isNotBlank();
            }
        });
        assertThat(floor.jvmFlags()).contains("-Xms1g", "-XX:+UseSerialGC", "-XX:ActiveProcessorCount=1");
        // the JDK's own protection and a plain send need nothing that a Linux could lack
        for (String srtp : List.of("aes-gcm", "aes-cm-sha1")) {
            FloorKind kind = FloorKind.protecting(srtp, "jce").and(FloorKind.sending("single", 1, FloorKind.QUEUED));
            assertThat(reading(floor, kind).missing()).isNull();
        }
        IntrinsicsEvidence intrinsics = requireNonNull(floor.intrinsics());
        assertThat(intrinsics.jvmFlags()).containsOnlyKeys(IntrinsicsBench.FLAGS);
        assertThat(intrinsics.parts()).hasSize(3).allSatisfy(part -> {
            assertThat(part.cpuNsPerPacketOn()).isPositive();
            assertThat(part.cpuNsPerPacketOff()).isPositive();
        });
    }

    @Test
    void withoutOpenSslItsKindsSayWhyAndAllOthersHavePrices() throws Exception {
        FloorEvidence floor;
        System.setProperty(Libcrypto.PROPERTY, "libcrypto-of-nobody.so");
        try {
            floor = measure(JAVA_HOME);
        } finally {
            System.clearProperty(Libcrypto.PROPERTY);
        }

        assertThat(floor.libcrypto()).startsWith("no libcrypto-of-nobody.so");
        assertThat(floor.readings())
                .filteredOn(reading -> "openssl".equals(reading.kind().srtpProvider()))
                .hasSize(2 + 2 * 9)
                .allSatisfy(reading -> {
                    assertThat(reading.missing()).startsWith("no libcrypto-of-nobody.so");
                    assertThat(reading.cpuNsPerPacketMedian()).isNull();
                });
        assertThat(reading(floor, FloorKind.protecting("aes-gcm", "jce")).missing())
                .isNull();
    }

    @Test
    void aProcessThatCannotRunIsAReasonAndNoFigure() {
        assertThatThrownBy(() -> measure(Path.of("/nowhere")))
                .isInstanceOf(FloorException.class)
                .hasMessageStartingWith("the floor was not measured: ");
        FloorProbe.Place broken = new FloorProbe.Place(List.of("false"), JAVA_HOME, 1);
        assertThatThrownBy(() -> new FloorProbe(broken, TINY).measure())
                .isInstanceOf(FloorException.class)
                .hasMessageContaining("its process ended with 1");
        FloorProbe.Place silent = new FloorProbe.Place(List.of("true"), JAVA_HOME, 1);
        assertThatThrownBy(() -> new FloorProbe(silent, TINY).measure()).isInstanceOf(FloorException.class);
    }

    private static FloorEvidence measure(Path javaHome) throws FloorException, InterruptedException {
        return new FloorProbe(new FloorProbe.Place(List.of(), javaHome, 1), TINY).measure();
    }

    private static FloorReading reading(FloorEvidence floor, FloorKind kind) {
        return floor.reading(kind).orElseThrow();
    }
}
