package phasebench.reports.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import phasebench.reports.rundir.NoiseEvidence;
import phasebench.scenarios.Variant;

/// What a reader must know of the machine's calibration, and of changes planted on purpose.
final class CalibrationNotes {
    private CalibrationNotes() {}

    static List<String> of(RunEvidence run) {
        List<String> notes = new ArrayList<>();
        for (Variant variant : run.manifest().experiment().variants()) {
            if (!variant.plant().isEmpty()) {
                notes.add("The relay of %s was made worse on purpose: %s."
                        .formatted(variant.id(), inWords(variant.plant())));
            }
        }
        NoiseEvidence noise = run.noise();
        String day = run.manifest().startedAt().split("T", 2)[0];
        if (!run.isDuet()) {
            return notes;
        }
        if (noise == null) {
            notes.add("This machine was not calibrated: no A/A control of this day; spread per pair unknown.");
        } else if (!noise.day().equals(day)) {
            notes.add("This machine was calibrated on %s, and not on the day of this run: no A/A control of this day."
                    .formatted(noise.day()));
        }
        return notes;
    }

    private static String inWords(Map<String, String> plant) {
        return plant.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
