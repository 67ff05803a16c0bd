package phasebench.reports.rundir;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import phasebench.scenarios.PhaseLadder;

/// One run on disk: `runs/<id>/`. The harness writes it as it goes; the reports read it.
public final class RunDirectory {
    private static final DateTimeFormatter ID_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final String MANIFEST = "manifest.json";
    private static final String PHASES = "phases.json";
    private static final String TRIALS = "trials";
    private static final String UNFINISHED = ".unfinished";
    private static final String FLOOR = "floor.json";
    private static final String CEILING = "ceiling.json";
    private static final String NOISE = "noise.json";

    private final Path path;

    private RunDirectory(Path path) {
        this.path = path;
    }

    /// Makes a directory of its own in `runsFolder`, which is made too where missing; two runs of the same
    /// second get two.
    public static RunDirectory create(Path runsFolder, String experimentName, Instant startedAt) throws IOException {
        Files.createDirectories(runsFolder);
        String id = ID_TIME.format(startedAt) + "-" + experimentName;
        for (int count = 1; ; count++) {
            Path path = runsFolder.resolve(count == 1 ? id : id + "-" + count);
            try {
                Files.createDirectory(path);
                Files.createDirectory(path.resolve(TRIALS));
                return new RunDirectory(path);
            } catch (FileAlreadyExistsException _) {
                // another run began in the same second: take the next name
            }
        }
    }

    /// Opens an existing run, to read it or to go on writing it.
    public static RunDirectory open(Path path) throws RunDirectoryException {
        if (!Files.isDirectory(path)) {
            throw new RunDirectoryException(path, Files.exists(path) ? "is not a directory" : "no such run directory");
        }
        if (!Files.isRegularFile(path.resolve(MANIFEST))) {
            throw new RunDirectoryException(path, "is not a run directory: it has no " + MANIFEST);
        }
        return new RunDirectory(path);
    }

    public Path path() {
        return path;
    }

    /// Name of the directory.
    public String id() {
        return path.toAbsolutePath().normalize().getFileName().toString();
    }

    public void writeManifest(RunManifest manifest) throws IOException {
        JsonFile.write(path.resolve(MANIFEST), manifest);
    }

    public RunManifest manifest() throws RunDirectoryException {
        return JsonFile.read(
                path.resolve(MANIFEST), RunManifest.class, RunManifest.SCHEMA_VERSION, RunManifest::upgrade);
    }

    public void writeFloor(FloorEvidence floor) throws IOException {
        JsonFile.write(path.resolve(FLOOR), floor);
    }

    /// What the machine charges for the bare minimum; empty if that was not measured.
    public Optional<FloorEvidence> floor() throws RunDirectoryException {
        Path file = path.resolve(FLOOR);
        return Files.exists(file)
                ? Optional.of(JsonFile.read(file, FloorEvidence.class, FloorEvidence.SCHEMA_VERSION))
                : Optional.empty();
    }

    public void writeCeiling(CeilingEvidence ceiling) throws IOException {
        JsonFile.write(path.resolve(CEILING), ceiling);
    }

    /// What the load generator could receive on this machine; empty if that was not measured.
    public Optional<CeilingEvidence> ceiling() throws RunDirectoryException {
        Path file = path.resolve(CEILING);
        return Files.exists(file)
                ? Optional.of(JsonFile.read(file, CeilingEvidence.class, CeilingEvidence.SCHEMA_VERSION))
                : Optional.empty();
    }

    public void writeNoise(NoiseEvidence noise) throws IOException {
        JsonFile.write(path.resolve(NOISE), noise);
    }

    /// What was known of the machine's noise when the run began; empty if it was not calibrated.
    public Optional<NoiseEvidence> noise() throws RunDirectoryException {
        Path file = path.resolve(NOISE);
        return Files.exists(file)
                ? Optional.of(JsonFile.read(file, NoiseEvidence.class, NoiseEvidence.SCHEMA_VERSION))
                : Optional.empty();
    }

    /// Writes the phases of a ladder, so that their claims can be told later from this directory alone.
    public void writePhases(PhaseLadder ladder) throws IOException {
        JsonFile.write(path.resolve(PHASES), new PhasesFile(PhasesFile.SCHEMA_VERSION, ladder));
    }

    /// The phases of the run's ladder; empty for a run whose variants come from no ladder.
    public Optional<PhaseLadder> phases() throws RunDirectoryException {
        Path file = path.resolve(PHASES);
        return Files.exists(file)
                ? Optional.of(JsonFile.read(file, PhasesFile.class, PhasesFile.SCHEMA_VERSION)
                        .ladder())
                : Optional.empty();
    }

    /// The folder for a trial that begins now; throws if that trial has one already.
    public TrialDirectory createTrial(TrialId id) throws IOException {
        return new TrialDirectory(Files.createDirectory(path.resolve(TRIALS).resolve(id.directoryName())));
    }

    /// The folder for a launch pair that begins now; throws if that pair has one already.
    public PairDirectory createPair(PairId id) throws IOException {
        return PairDirectory.create(path.resolve(TRIALS).resolve(id.directoryName()));
    }

    /// Gives the folder of a trial or launch pair that was cut short another name, so that it can begin again, and its
    /// record too if it has one. It stays one of those that never ended.
    ///
    /// @return the new name
    public String setAside(String directoryName) throws IOException {
        Path trials = path.resolve(TRIALS);
        String aside = directoryName + UNFINISHED;
        for (int count = 2; Files.exists(trials.resolve(aside)); count++) {
            aside = directoryName + UNFINISHED + "-" + count;
        }
        Path folder = Files.move(trials.resolve(directoryName), trials.resolve(aside), StandardCopyOption.ATOMIC_MOVE);
        for (String written : List.of(TrialDirectory.RECORD, PairDirectory.RECORD)) {
            if (Files.exists(folder.resolve(written))) {
                Files.move(folder.resolve(written), folder.resolve("unfinished-" + written));
            }
        }
        return aside;
    }

    /// Whether the folder's trial or launch pair was cut short, and begun again in another one.
    public static boolean isSetAside(String directoryName) {
        return directoryName.contains(UNFINISHED);
    }

    /// Every launch pair that was begun, by name.
    public List<PairDirectory> pairs() throws RunDirectoryException {
        return folders(RunDirectory::isPair).stream()
                .sorted()
                .map(PairDirectory::new)
                .toList();
    }

    /// Every trial that was begun, in the order of their beginning; those cut short come last, by name.
    public List<TrialDirectory> trials() throws RunDirectoryException {
        record Dated(Instant startedAt, TrialDirectory directory) {}
        List<Dated> trials = new ArrayList<>();
        for (Path folder : folders(path -> !isPair(path))) {
            TrialDirectory directory = new TrialDirectory(folder);
            trials.add(new Dated(startedAt(directory), directory));
        }
        trials.sort(Comparator.comparing(Dated::startedAt)
                .thenComparing(trial -> trial.directory().name()));
        return trials.stream().map(Dated::directory).toList();
    }

    /// The records of all trials that have one, in the order of their beginning.
    public List<TrialRecord> trialRecords() throws RunDirectoryException {
        List<TrialRecord> records = new ArrayList<>();
        for (TrialDirectory trial : trials()) {
            trial.record().ifPresent(records::add);
        }
        return records;
    }

    public Path comparisonFile() {
        return path.resolve("comparison.json");
    }

    /// Results of benchmarks, as JMH writes them; not in every run.
    public Path microFile() {
        return path.resolve("micro.json");
    }

    /// How those were measured.
    public Path microManifestFile() {
        return path.resolve("micro-manifest.json");
    }

    /// What JMH said meanwhile.
    public Path microLog() {
        return path.resolve("micro.log");
    }

    public Path reportFolder() {
        return path.resolve("report");
    }

    private List<Path> folders(Predicate<Path> wanted) throws RunDirectoryException {
        Path trials = path.resolve(TRIALS);
        List<Path> folders = new ArrayList<>();
        if (!Files.isDirectory(trials)) {
            return folders;
        }
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(trials, entry -> Files.isDirectory(entry) && wanted.test(entry))) {
            entries.forEach(folders::add);
        } catch (IOException e) {
            throw new RunDirectoryException(trials, "cannot be listed: " + e.getMessage(), e);
        }
        return folders;
    }

    private static boolean isPair(Path folder) {
        return folder.getFileName().toString().startsWith(PairId.PREFIX);
    }

    private static Instant startedAt(TrialDirectory directory) throws RunDirectoryException {
        Optional<TrialRecord> trial = directory.record();
        if (trial.isEmpty()) {
            return Instant.MAX;
        }
        try {
            return Instant.parse(trial.get().startedAt());
        } catch (DateTimeParseException e) {
            throw new RunDirectoryException(
                    directory.recordFile(),
                    "startedAt is not an ISO-8601 instant: " + trial.get().startedAt(),
                    e);
        }
    }
}
