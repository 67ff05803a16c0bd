package phasebench.reports.rundir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phasebench.scenarios.Direction;
import phasebench.scenarios.Impairment;

class LoadChecksTest {
    private static final ImpairmentCounts COUNTS = new ImpairmentCounts(
            1000,
            new ImpairmentCounts.Drops(40, 10),
            3,
            2,
            new ImpairmentCounts.Delays(950, 9_000_000_000L, 12_000_000));
    private static final LoadChecks CHECKS = new LoadChecks(
            List.of(new DeliveryFault(DeliveryFault.Kind.LOST, 2, 1, "viewer 3 lost 2 packets")),
            new HeadroomEvidence(Map.of("viewer-receiver", 5L), Map.of("viewer-receiver", 6L), 7, 8),
            new ImpairmentEvidence(
                    List.of(new Impairment(
                            0.04, 3, Duration.ofMillis(10), Duration.ZERO, 0, 0, 1_000_000L, Direction.BOTH)),
                    COUNTS,
                    COUNTS,
                    COUNTS,
                    0));

    @TempDir
    private Path folder;

    private static LoadEvidence load(long lost) {
        LatencyEvidence latency = new LatencyEvidence(1, 1, 1, 1, 1, 1, "");
        return new LoadEvidence(
                1, 1, 1, 1, 1, 950, lost, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of(), Map.of(), 1, List.of(), latency);
    }

    private record File(int schemaVersion, @Nullable LoadEvidence load) {}

    @Test
    void whatWasFoundSurvivesTheFile() throws IOException {
        Path file = folder.resolve("load.json");
        JsonFile.write(file, new File(1, load(50).withChecks(CHECKS)));

        assertThat(JsonFile.read(file, File.class, 1)).isEqualTo(new File(1, load(50).withChecks(CHECKS)));
    }

    @Test
    void aLoadFromBeforeChecksIsRead() throws IOException {
        Path file = folder.resolve("load.json");
        JsonFile.write(file, new File(1, load(50)));
        String text = Files.readString(file);
        String older = text.replaceFirst(",\\s+\"checks\" : null", "");
        assertThat(older).isNotEqualTo(text);
        Files.writeString(file, older);

        assertThat(JsonFile.read(file, File.class, 1)).isEqualTo(new File(1, load(50)));
    }

    @Test
    void checksFromBeforeGeneratorsWereListedAreRead() throws IOException {
        Path file = folder.resolve("load.json");
        JsonFile.write(file, new File(1, load(50).withChecks(CHECKS)));
        String text = Files.readString(file);
        String older = text.replaceFirst(",\\s+\"generators\" : \\[ ?\\]", "");
        assertThat(older).isNotEqualTo(text);
        Files.writeString(file, older);

        assertThat(JsonFile.read(file, File.class, 1)).isEqualTo(new File(1, load(50).withChecks(CHECKS)));
    }

    @Test
    void theNetworkExplainsNoMoreThanWasLost() {
        assertThat(load(70).withChecks(CHECKS).packetsLostToImpairment()).isEqualTo(50);
        assertThat(load(20).withChecks(CHECKS).packetsLostToImpairment()).isEqualTo(20);
        assertThat(load(20).packetsLostToImpairment()).isZero();
        assertThat(COUNTS.dropShare()).isEqualTo(0.05);
    }
}
