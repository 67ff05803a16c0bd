package phasebench.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phasebench.reports.rundir.DeliveryFault;
import phasebench.reports.rundir.HeadroomEvidence;
import phasebench.reports.rundir.JsonFile;
import phasebench.reports.rundir.LoadChecks;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.RunDirectory;
import phasebench.reports.rundir.TrialDirectory;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.reports.rundir.TrialRecord;

/// What the report says of deliveries: how much was verified, and what was wrong.
class DeliveryReportTest {
    @TempDir
    private Path folder;

    private static TrialRecord withFault(TrialRecord trial, DeliveryFault fault) {
        LoadEvidence load = trial.load();
        assertThat(load).isNotNull();
        LoadChecks checks = new LoadChecks(List.of(fault), new HeadroomEvidence(Map.of(), Map.of(), 0, 0), null);
        return new TrialRecord(
                trial.schemaVersion(),
                trial.id(),
                trial.outcome(),
                trial.startedAt(),
                trial.relayCommand(),
                trial.ready(),
                trial.before(),
                trial.after(),
                trial.heap(),
                load == null ? null : load.withChecks(checks),
                trial.files());
    }

    /// Gives the first measured trial a fault, and returns its name.
    private static String spoil(Path run, DeliveryFault fault) throws IOException {
        for (TrialDirectory directory : RunDirectory.open(run).trials()) {
            TrialRecord trial = directory.record().orElse(null);
            if (trial != null && trial.outcome() instanceof TrialOutcome.Measured) {
                JsonFile.write(directory.path().resolve("trial.json"), withFault(trial, fault));
                return directory.name();
            }
        }
        throw new AssertionError("no trial was measured");
    }

    @Test
    void theReportSaysWhatShareWasVerifiedAndWhatThatCanSee() throws IOException {
        Report report = Report.render(SyntheticRun.standard(folder));

        for (Path page : List.of(report.html(), report.markdown())) {
            assertThat(Files.readString(page))
                    .containsPattern("authenticated, decrypted and compared 1.00 % of them \\([0-9,]+ of [0-9,]+\\)")
                    .containsPattern("corrupts one packet in [0-9,]+, at random, would have been seen with 95 %")
                    .doesNotContain("Delivery by");
        }
    }

    @Test
    void aTrialThatCountsWithAWrongDeliveryIsNamedAmongTheWarnings() throws IOException {
        Path run = SyntheticRun.standard(folder);
        String trial = spoil(run, new DeliveryFault(DeliveryFault.Kind.LOST, 3, 1, "viewer 7 lost 3 packets"));

        assertThat(Files.readString(Report.render(run).markdown()))
                .containsPattern(
                        "Delivery by \\S+, in 1 of its trials: viewer 7 lost 3 packets \\(" + trial + "\\)\\.");
    }
}
