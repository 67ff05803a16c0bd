package phasebench.harness;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phasebench.harness.process.ReadyLine;
import phasebench.reports.evidence.Metric;
import phasebench.reports.noise.ControlExperiment;
import phasebench.reports.noise.DesignName;
import phasebench.reports.noise.NoiseFile;
import phasebench.scenarios.ExperimentSpec;
import phasebench.scenarios.Variant;

class CalibrationTest {
    private static final ExperimentSpec BASE =
            Samples.duet(1, 2, Samples.variant("relay", Map.of("send", "batch")), Samples.variant("other", Map.of()));

    @Test
    void experimentsComeInTurnAndDifferOnlyInWhatIsPlanted() {
        var cells = new CalibrationDesign(BASE, 5, Map.of("", 2, "cpu=1.5%", 1, "threads=5", 2)).cells();

        assertThat(cells)
                .extracting(cell -> cell.spec().name())
                .containsExactly(
                        "calibrate-aa-n5-01",
                        "calibrate-cpu-1-5-n5-01",
                        "calibrate-threads-5-n5-01",
                        "calibrate-aa-n5-02",
                        "calibrate-threads-5-n5-02");
        for (var cell : cells) {
            List<Variant> variants = cell.spec().variants();
            assertThat(variants).hasSize(2);
            assertThat(variants.getFirst().plant()).isEmpty();
            assertThat(variants.getLast().settings())
                    .isEqualTo(variants.getFirst().settings());
            assertThat(requireNonNull(cell.spec().duet()).pairs()).isEqualTo(5);
            assertThat(cell.spec().scenario()).isEqualTo(BASE.scenario());
        }
        assertThat(cells.getFirst().spec().variants().getLast().plant()).isEmpty();
        assertThat(cells.get(1).spec().variants().getLast().plant()).isEqualTo(Map.of("cpu", "1.5%"));
        assertThat(cells.getFirst().spec().seed())
                .isNotEqualTo(cells.get(3).spec().seed());
    }

    @Test
    void theSameDesignMakesTheSameExperimentsAgain() {
        var design = new CalibrationDesign(BASE, 5, Map.of("", 3, "cpu=3%", 3));
        assertThat(design.cells()).isEqualTo(new CalibrationDesign(BASE, 5, Map.of("cpu=3%", 3, "", 3)).cells());
    }

    @Test
    void aDesignThatWasChangedIsAnotherDesign() {
        String name = DesignName.of(BASE);
        ExperimentSpec otherSettings = Samples.duet(
                1, 2, Samples.variant("relay", Map.of("send", "single")), Samples.variant("other", Map.of()));
        ExperimentSpec otherCandidate =
                Samples.duet(1, 2, BASE.variants().getFirst(), Samples.variant("third", Map.of("send", "single")));
        ExperimentSpec morePairs = Samples.duet(7, 2, BASE.variants().toArray(new Variant[0]));

        assertThat(name).matches(BASE.name() + "-[0-9a-f]{6}");
        assertThat(DesignName.of(otherSettings)).isNotEqualTo(name);
        assertThat(DesignName.of(otherCandidate))
                .as("which calibrations do not run")
                .isEqualTo(name);
        assertThat(DesignName.of(morePairs)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"3, cpu=3%", "3%, cpu=3%", "1.5, cpu=1.5%", "threads=5, threads=5", "hoard=1.75MB, hoard=1.75MB"})
    void aPercentageIsOfCpu(String text, String plant) throws UsageException {
        assertThat(CalibrateCommand.plant(text)).isEqualTo(plant);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            much      | allowed: a percentage, or one of cpu, alloc, threads, latency, walk, hoard with =AMOUNT
            cpu       | allowed: cpu=a share above 0% to 100%, such as 3%
            threads=x | allowed: threads=a whole number of threads per viewer
            """)
    void whatCannotBePlantedIsRefused(String text, String message) {
        assertThatThrownBy(() -> CalibrateCommand.plant(text))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--planted: value '" + text + "' cannot be planted")
                .hasMessageContaining(message);
    }

    @Test
    void theTableHasARateWithItsIntervalForEachPlantAndSize() {
        List<ControlExperiment> experiments = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            experiments.add(experiment("aa-" + i, "", i == 0 ? "improved" : "inconclusive", 0.01, -0.01));
            experiments.add(experiment("cpu-" + i, "cpu=3%", i < 19 ? "regressed" : "inconclusive", 0.03, 0.029));
        }
        String text = CalibrationText.of(
                List.of(new NoiseFile(1, "0123456789ab", "2026-11-22", "media", "calibration", experiments)), BASE);

        // Clopper-Pearson of 1 of 20: 0.13 to 24.9 %, and of 19 of 20: 75.1 to 99.9 % (R: binom.test)
        assertThat(text)
                .contains("nothing planted (A/A), 2 launch pairs in each experiment:")
                .contains(
                        "false alarms 1 of 20 experiments = 5.0 % (95 % interval 0.1 to 24.9 %; nominal 5 % lies within)")
                .contains("mean ratio 1.0000 (40 launch pairs, which spread by 1.01 % each)")
                .contains("cpu=3% planted, 2 launch pairs in each experiment:")
                .contains("found worse in 19 of 20 experiments = 95.0 % (95 % interval 75.1 to 99.9 %)")
                .contains("10 see 1.18 %", "(from 40 launch pairs of A/A)");
    }

    @Test
    void metricsOfOneExperimentAreOneFamilyWhoseFalseAlarmsCountOnce() {
        List<ControlExperiment> experiments = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            experiments.add(new ControlExperiment(
                    "aa-" + i,
                    "aa-" + i,
                    "",
                    4,
                    List.of(
                            judged(Metric.CPU_NS_PER_PACKET.id(), i < 2 ? "improved" : "equivalent"),
                            judged(Metric.HEAP_LIVE_BYTES_PER_VIEWER.id(), i < 1 ? "regressed" : "inconclusive"))));
        }
        String text = CalibrationText.of(
                List.of(new NoiseFile(1, "0123456789ab", "2026-11-22", "media", "calibration", experiments)), BASE);

        assertThat(text)
                .contains("false alarms 1 of 20 experiments")
                // Clopper-Pearson of 2 of 20 (R: binom.test)
                .contains("any of them: false alarms 2 of 20 experiments = 10.0 % (95 % interval 1.2 to 31.7 %; nominal"
                        + " 5 % lies within); 40 comparisons in all");
    }

    private static ControlExperiment.Judged judged(String metric, String verdict) {
        return new ControlExperiment.Judged(metric, List.of(0.01, -0.01), verdict, 1.0);
    }

    @Test
    void aRelayThatPlantsSomethingElseThanAskedForIsFoundOut() {
        Variant planted = new Variant("v", "v", Map.of(), List.of(), Map.of("cpu", "3%"));
        assertThat(PlantChecks.differences(planted, ready("plant.cpu=3%"))).isEmpty();
        assertThat(PlantChecks.differences(planted, ready("send=batch")))
                .containsExactly("plant.cpu: asked for 3%, none is planted");
        assertThat(PlantChecks.differences(planted, ready("plant.cpu=1%")))
                .containsExactly("plant.cpu: asked for 3%, runs 1%");
        assertThat(PlantChecks.differences(Samples.variant("v", Map.of()), ready("plant.threads=5")))
                .containsExactly("plant.threads: nobody asked for it, and the relay runs 5");
    }

    private static ReadyLine ready(String setting) {
        return Optional.of("READY rtsp=127.0.0.1:1 http=127.0.0.1:1 webrtc=127.0.0.1:1 pid=1 " + setting)
                .flatMap(ReadyLine::parse)
                .orElseThrow();
    }

    private static ControlExperiment experiment(String run, String plant, String verdict, Double... logRatios) {
        return new ControlExperiment(
                run,
                run,
                plant,
                2,
                List.of(new ControlExperiment.Judged(Metric.CPU_NS_PER_PACKET.id(), List.of(logRatios), verdict, 1.0)));
    }
}
