package phasebench.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import phasebench.scenarios.ExperimentFile;
import phasebench.scenarios.FileKind;
import phasebench.scenarios.RelayPlant;
import phasebench.scenarios.ScenarioFileException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `phasebench calibrate`.
@Command(
        name = "calibrate",
        description =
                "how often does phasebench see what is not there, and miss what is, on this machine: experiments of a"
                        + " variant with itself, and with itself made worse on purpose; goes on where it stopped",
        mixinStandardHelpOptions = true)
final class CalibrateCommand implements Callable<Integer> {
    /// Launch pairs or rounds of an experiment when nobody says: some ten minutes with one of each.
    private static final int SIZE = 5;

    private static final String PLANTED = "3";

    private final Collaborators collaborators;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE|NAME",
            description = "whose baseline is measured, and under which scenario (default: calibration)")
    private String design = "calibration";

    @Option(names = "--aa", paramLabel = "N", description = "experiments of the baseline with itself (default: 1)")
    private @Nullable Integer controls;

    @Option(
            names = "--planted",
            paramLabel = "PERCENT",
            split = ",",
            description = "experiments with so much more CPU per packet, or with KIND=AMOUNT such as threads=5; may be"
                    + " repeated (default without --aa: " + PLANTED + ")")
    private List<String> planted = List.of();

    @Option(names = "--each", paramLabel = "N", description = "experiments with each of these (default: 1)")
    private int each = 1;

    @Option(
            names = "--pairs-per-experiment",
            paramLabel = "K",
            description = "launch pairs, or rounds, of each experiment (default: " + SIZE + ")")
    private int size = SIZE;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            description = "begin no experiment that would end later (default: all); called again, it goes on")
    private @Nullable Integer minutes;

    @Option(names = "--any-day", description = "count experiments of other days too (default: only those of today)")
    private boolean isAnyDay;

    @Option(names = "--runs", paramLabel = "DIR", description = "where run directories are made (default: runs/)")
    private @Nullable Path runs;

    CalibrateCommand(Collaborators collaborators) {
        this.collaborators = collaborators;
    }

    @Override
    public Integer call()
            throws UsageException, ScenarioFileException, PreflightException, BuildFailedException, IOException,
                    InterruptedException {
        Installation installation = Installation.find();
        Site site = Site.here(
                installation,
                runs == null ? installation.defaultRuns() : runs,
                List.of("scripts/phasebench", "calibrate", design),
                collaborators.withoutFloor().withoutCeiling());
        Calibration calibration = new Calibration(design(installation), site, System.out, InstantSource.system());
        Duration limit = minutes == null ? Duration.ofDays(365) : Duration.ofMinutes(minutes);
        return calibration.run(limit, isAnyDay ? Calibration.Days.ANY : Calibration.Days.TODAY);
    }

    private CalibrationDesign design(Installation installation) throws UsageException, ScenarioFileException {
        Map<String, Integer> plants = new LinkedHashMap<>();
        plants.put("", controls == null ? 1 : controls);
        List<String> wanted = controls == null && planted.isEmpty() ? List.of(PLANTED) : planted;
        for (String plant : wanted) {
            plants.put(plant(plant), each);
        }
        try {
            return new CalibrationDesign(
                    ExperimentFile.read(ShippedFile.find(installation, design, FileKind.CALIBRATION)), size, plants);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    /// `3` and `3%` are `cpu=3%`.
    static String plant(String text) throws UsageException {
        String full = text.matches("\\d+(\\.\\d+)?%?") ? "cpu=" + text.replace("%", "") + "%" : text;
        String[] parts = full.split("=", 2);
        RelayPlant kind = RelayPlant.byKey(parts[0])
                .orElseThrow(() -> new UsageException(
                        "--planted: value '%s' cannot be planted; allowed: a percentage, or one of %s with =AMOUNT"
                                .formatted(text, String.join(", ", RelayPlant.keys()))));
        if (parts.length < 2 || !kind.allows(parts[1])) {
            throw new UsageException("--planted: value '%s' cannot be planted; allowed: %s=%s"
                    .formatted(text, kind.key(), kind.allowed()));
        }
        return full;
    }
}
