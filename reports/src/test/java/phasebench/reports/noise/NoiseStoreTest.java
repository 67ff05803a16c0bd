package phasebench.reports.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phasebench.reports.rundir.NoiseEvidence;
import phasebench.reports.rundir.RunDirectoryException;
import phasebench.reports.stats.Interval;

class NoiseStoreTest {
    private static final String CPU = "cpu.ns-per-packet";
    private static final String HOST = "0123456789ab";

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsReadAgainAndTheNewestControlOfTheMachineIsFound() throws IOException {
        NoiseStore store = NoiseStore.beside(folder);
        NoiseFile older = day("2026-11-20").with(control("a", "inconclusive", 0.01, -0.01));
        NoiseFile newer = day("2026-11-22").with(control("b", "inconclusive", 0.02, -0.02));
        NoiseFile withoutControl = day("2026-11-23").with(planted("c", "cpu=3%", "regressed"));
        store.write(newer);
        store.write(older);
        store.write(withoutControl);

        assertThat(store.read(HOST, "2026-11-20", NoiseKind.MEDIA, "calibration"))
                .isEqualTo(older);
        assertThat(store.ofHost(HOST, NoiseKind.MEDIA)).containsExactly(older, newer, withoutControl);
        assertThat(store.newest(HOST, NoiseKind.MEDIA)).contains(newer);
        assertThat(store.newest(HOST, NoiseKind.STEADY)).isEmpty();
        assertThat(store.newest("ba9876543210", NoiseKind.MEDIA)).isEmpty();
    }

    @Test
    void aMachineThatWasNeverCalibratedHasNothing() throws IOException {
        NoiseStore store = new NoiseStore(folder.resolve("nowhere"));
        assertThat(store.newest(HOST, NoiseKind.MEDIA)).isEmpty();
        assertThat(store.read(HOST, "2026-11-22", NoiseKind.MEDIA, "calibration")
                        .experiments())
                .isEmpty();
    }

    @Test
    void aFileThatCannotBeReadIsNamedAndNotReplaced() throws IOException {
        NoiseStore store = new NoiseStore(folder);
        Path file = store.file(HOST, "2026-11-22", "media", "calibration");
        Files.writeString(file, "{\"schemaVersion\": 1, \"host\":");

        assertThatThrownBy(() -> store.newest(HOST, NoiseKind.MEDIA))
                .isInstanceOf(RunDirectoryException.class)
                .hasMessageContaining(file.toString());
        assertThatThrownBy(() -> store.read(HOST, "2026-11-22", NoiseKind.MEDIA, "calibration"))
                .isInstanceOf(RunDirectoryException.class);
    }

    @Test
    void anExperimentThatIsKeptTwiceCountsOnce() {
        NoiseFile noise = day("2026-11-22")
                .with(control("a", "inconclusive", 0.01, 0.02))
                .with(control("a", "improved", 0.03, 0.04, 0.05));
        assertThat(noise.experiments()).hasSize(1);
        assertThat(noise.controlLogRatios(CPU)).containsExactly(0.03, 0.04, 0.05);
    }

    @Test
    void theSpreadIsThatOfAllPairsOfADayInWhichNothingDiffered() {
        NoiseFile noise = day("2026-11-22")
                .with(control("a", "inconclusive", 0.01, 0.03))
                .with(control("b", "improved", -0.01, -0.03))
                .with(planted("c", "cpu=3%", "regressed"));
        // mean 0, squares 1 + 9 + 1 + 9 = 20 e-4, over n - 1 = 3
        assertThat(noise.spreadPerPair(CPU).orElseThrow()).isCloseTo(Math.sqrt(20e-4 / 3), within(1e-12));
        NoiseEvidence.OfMetric known = noise.evidence().of(CPU).orElseThrow();
        assertThat(known.pairs()).isEqualTo(4);
        assertThat(known.experiments()).isEqualTo(2);
        assertThat(known.flagged()).isEqualTo(1);
    }

    @Test
    void ratesCountWhatWasToBeFoundAndNoExperimentWithoutANumber() {
        List<ControlExperiment> experiments = List.of(
                control("a", "improved", 0.0),
                control("b", "regressed", 0.0),
                control("c", "equivalent", 0.0),
                control("d", "inconclusive", 0.0),
                control("e", "invalid"),
                planted("f", "cpu=3%", "regressed"),
                planted("g", "cpu=3%", "improved"),
                planted("h", "cpu=3%", "inconclusive"),
                planted("i", "cpu=1%", "regressed"));

        ErrorRates falseAlarms = ErrorRates.of(experiments, "", CPU);
        assertThat(falseAlarms.hits()).isEqualTo(2);
        assertThat(falseAlarms.experiments()).isEqualTo(4);
        ErrorRates found = ErrorRates.of(experiments, "cpu=3%", CPU);
        assertThat(found.hits()).isEqualTo(1);
        assertThat(found.experiments()).isEqualTo(3);
        // Clopper-Pearson of 2 of 4 (R: binom.test(2, 4)): 0.06759, 0.93241
        Interval rate = falseAlarms.rate();
        assertThat(rate.low()).isCloseTo(0.0675860, within(1e-6));
        assertThat(rate.high()).isCloseTo(0.9324140, within(1e-6));
    }

    @Test
    void machinesAreToldApartByWhatNumbersDependOn() {
        Map<String, String> one = Map.of("CPU", "Model 1", "kernel", "Linux 6", "load average at start", "0.1");
        Map<String, String> same = Map.of("CPU", "Model 1", "kernel", "Linux 6", "load average at start", "7.5");
        Map<String, String> other = Map.of("CPU", "Model 2", "kernel", "Linux 6");

        assertThat(HostFingerprint.of(one)).isEqualTo(HostFingerprint.of(same)).matches("[0-9a-f]{12}");
        assertThat(HostFingerprint.of(other)).isNotEqualTo(HostFingerprint.of(one));
        assertThat(HostFingerprint.differences(one, same)).isEmpty();
        assertThat(HostFingerprint.differences(one, other)).containsExactly("CPU: Model 1, Model 2");
    }

    private static NoiseFile day(String day) {
        return NoiseFile.empty(HOST, day, NoiseKind.MEDIA, "calibration");
    }

    private static ControlExperiment control(String run, String verdict, Double... logRatios) {
        return experiment(run, "", verdict, logRatios);
    }

    private static ControlExperiment planted(String run, String plant, String verdict) {
        return experiment(run, plant, verdict, 0.03);
    }

    private static ControlExperiment experiment(String run, String plant, String verdict, Double... logRatios) {
        return new ControlExperiment(
                run,
                "calibrate-" + run,
                plant,
                2,
                List.of(new ControlExperiment.Judged(CPU, List.of(logRatios), verdict, null)));
    }
}
