package phasebench.harness;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phasebench.harness.process.ReadyLine;
import phasebench.reports.rundir.Artifact;
import phasebench.reports.rundir.HeapEvidence;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.ProcessReading;
import phasebench.reports.rundir.TrialDirectory;
import phasebench.reports.rundir.TrialId;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.reports.rundir.TrialRecord;
import phasebench.reports.rundir.WarmUpEvidence;

/// What a trial has gathered so far; complete or not, it becomes the trial's record. Owned by the thread that runs
/// the trial.
final class TrialEvidence {
    private final TrialId id;
    private final Instant startedAt;
    private final List<String> relayCommand;
    private final Map<String, String> otherFiles = new LinkedHashMap<>();

    private @Nullable ReadyLine ready;
    private @Nullable ProcessReading before;
    private @Nullable ProcessReading after;
    private @Nullable HeapEvidence heap;
    private @Nullable LoadEvidence load;
    private @Nullable WarmUpEvidence warmUp;

    TrialEvidence(TrialId id, Instant startedAt, List<String> relayCommand) {
        this.id = id;
        this.startedAt = startedAt;
        this.relayCommand = relayCommand;
    }

    void ready(ReadyLine line) {
        ready = line;
    }

    void warmUp(WarmUpEvidence seen) {
        warmUp = seen;
    }

    void before(ProcessReading reading) {
        before = reading;
    }

    void load(LoadEvidence seen) {
        load = seen;
    }

    void after(ProcessReading reading) {
        after = reading;
    }

    void heap(HeapEvidence evidence) {
        heap = evidence;
    }

    /// A file that [Artifact] does not name, or knows less about.
    void file(String name, String description) {
        otherFiles.put(name, description);
    }

    /// The record, with every file that the trial left behind.
    TrialRecord record(TrialOutcome outcome, TrialDirectory folder) {
        Map<String, String> files = new LinkedHashMap<>();
        for (Artifact artifact : Artifact.values()) {
            add(files, folder, artifact.fileName(), artifact.description());
        }
        otherFiles.forEach((name, description) -> add(files, folder, name, description));
        return new TrialRecord(
                TrialRecord.SCHEMA_VERSION,
                id,
                outcome,
                startedAt.toString(),
                relayCommand,
                ready == null ? null : ready.text(),
                before,
                after,
                heap,
                load,
                warmUp,
                files);
    }

    private static void add(Map<String, String> files, TrialDirectory folder, String name, String description) {
        if (folder.file(name).toFile().length() > 0) {
            files.put(name, description);
        }
    }
}
