package phasebench.reports.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import phasebench.reports.rundir.NoiseEvidence;
import phasebench.reports.rundir.RunManifest;
import phasebench.scenarios.Drive;
import phasebench.scenarios.DuetSpec;
import phasebench.scenarios.ExperimentSpec;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.StreamSpec;
import phasebench.scenarios.Transport;
import phasebench.scenarios.TrialTiming;
import phasebench.scenarios.Variant;
import phasebench.scenarios.ViewerLoad;

class CalibrationNotesTest {
    private static final Variant START = new Variant("start", "as it was", Map.of(), List.of());
    private static final Variant BEST = new Variant("best", "all that pays", Map.of(), List.of());

    @Test
    void launchPairsOnAMachineThatWasNotCalibratedAreMarked() {
        assertThat(CalibrationNotes.of(run(BEST, null)))
                .containsExactly(
                        "This machine was not calibrated: no A/A control of this day; spread per pair unknown.");
    }

    @Test
    void aControlOfTheSameDayIsEnough() {
        assertThat(CalibrationNotes.of(run(BEST, noise("2026-11-22")))).isEmpty();
    }

    @Test
    void aControlOfAnotherDayIsNamed() {
        assertThat(CalibrationNotes.of(run(BEST, noise("2026-11-20"))))
                .containsExactly("This machine was calibrated on 2026-11-20, and not on the day of this run: no A/A"
                        + " control of this day.");
    }

    @Test
    void whatWasPlantedIsSaid() {
        Variant planted = new Variant("planted", "worse", Map.of(), List.of(), Map.of("cpu", "3%"));
        assertThat(CalibrationNotes.of(run(planted, noise("2026-11-22"))))
                .containsExactly("The relay of planted was made worse on purpose: cpu 3%.");
    }

    private static NoiseEvidence noise(String day) {
        return new NoiseEvidence(1, "0123456789ab", day, "media", "calibration", List.of());
    }

    private static RunEvidence run(Variant candidate, @Nullable NoiseEvidence noise) {
        Scenario scenario = new Scenario(
                "pair",
                "ten viewers",
                List.of(new StreamSpec("a", new MediaSource.Synthetic(30, 8, 1188), Transport.TCP)),
                new ViewerLoad(10, 0.1, 0.1),
                new Drive.Closed(2),
                new TrialTiming(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1), Duration.ZERO));
        RunManifest manifest = new RunManifest(
                RunManifest.SCHEMA_VERSION,
                "20261122-174501-pair",
                "2026-11-22T17:45:01Z",
                List.of("scripts/phasebench", "run"),
                new ExperimentSpec(
                        "pair",
                        "a test",
                        scenario,
                        "start",
                        List.of(START, candidate),
                        0,
                        false,
                        1,
                        3,
                        new DuetSpec(3, 4, Duration.ofSeconds(30), 0.03)),
                List.of(),
                Map.of(),
                List.of());
        return new RunEvidence(manifest, List.of(), List.of(), List.of(), null, null, null, noise, null);
    }
}
