package phasebench.reports.noise;

import phasebench.reports.rundir.JsonFile;
import phasebench.scenarios.DuetSpec;
import phasebench.scenarios.ExperimentSpec;

/// Tells designs of calibrations apart by what their noise depends on: a file that was changed since makes another
/// design, whose experiments are not counted together with the older ones.
public final class DesignName {
    private static final int HEX_DIGITS = 6;

    private DesignName() {}

    /// The file's name and six hexadecimal digits, of scenario, baseline and protocol of a launch pair; how many
    /// pairs or rounds there are, and which of them go first, makes no other design.
    public static String of(ExperimentSpec design) {
        DuetSpec duet = design.duet();
        String text = JsonFile.text(design.scenario())
                + JsonFile.text(design.baselineVariant())
                + (duet == null ? "" : JsonFile.text(duet.withPairs(1)));
        return design.name() + "-" + ShortDigest.of(text, HEX_DIGITS);
    }
}
