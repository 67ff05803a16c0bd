package phasebench.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Only a calibration may plant changes, and only those that a relay knows.
class CalibrationFileTest {
    private static final Path SHIPPED = Path.of("calibration.yaml");

    @TempDir
    private Path folder;

    @Test
    void theShippedOnePlantsThreePercentInOneOfItsVariants() throws ScenarioFileException {
        ExperimentSpec calibration = ExperimentFile.read(SHIPPED);
        assertThat(calibration.variants()).extracting(Variant::plant).containsExactly(Map.of(), Map.of("cpu", "3%"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {cpu: 3}         | key 'variants[1].plant.cpu': value '3' cannot be planted; allowed: a share above 0%
            {threads: many}  | key 'variants[1].plant.threads': value 'many' cannot be planted; allowed: a whole number
            {alloc: 1MB}     | key 'variants[1].plant.alloc': value '1MB' cannot be planted; allowed: heap per packet
            {latency: 2s}    | key 'variants[1].plant.latency': value '2s' cannot be planted; allowed: a time
            {walk: 1.75}     | key 'variants[1].plant.walk': value '1.75' cannot be planted; allowed: memory per viewer
            {hoard: -1MB}    | key 'variants[1].plant.hoard': value '-1MB' cannot be planted
            {cpus: 3%}       | key 'variants[1].plant.cpus': unknown key (did you mean 'cpu'?); allowed: cpu, alloc, threads
            3%               | key 'variants[1].plant': value '3%' stands where a mapping is expected
            """)
    void whatCannotBePlantedIsNamed(String plant, String message) throws IOException {
        Path file = folder.resolve("calibration.yaml");
        Files.writeString(file, Files.readString(SHIPPED).replace("{cpu: 3%}", plant));
        assertThatThrownBy(() -> ExperimentFile.read(file))
                .isInstanceOf(ScenarioFileException.class)
                .hasMessageContaining(message);
    }

    @Test
    void theSameFileAsAnExperimentIsRefused() throws IOException {
        Path file = folder.resolve("experiment.yaml");
        Files.writeString(file, Files.readString(SHIPPED).replace("kind: calibration", "kind: experiment"));
        assertThatThrownBy(() -> ExperimentFile.read(file))
                .hasMessageContaining("key 'variants[1].plant': makes the relay worse on purpose")
                .hasMessageContaining("allowed: in a file of kind: calibration");
    }
}
