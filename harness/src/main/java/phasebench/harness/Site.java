package phasebench.harness;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import phasebench.harness.drawing.StreamRate;
import phasebench.harness.floor.FloorException;
import phasebench.harness.floor.FloorProbe;
import phasebench.harness.load.bench.CeilingException;
import phasebench.harness.load.bench.CeilingProbe;
import phasebench.harness.machine.CpuPinning;
import phasebench.harness.machine.CpuPlacement;
import phasebench.harness.machine.CpuTopology;
import phasebench.harness.machine.EnvironmentProbe;
import phasebench.harness.machine.ExclusiveLock;
import phasebench.harness.machine.Finding;
import phasebench.harness.machine.PerfEvents;
import phasebench.harness.plan.ExperimentPlan;
import phasebench.harness.profiler.Preflight;
import phasebench.harness.profiler.Profiler;
import phasebench.reports.noise.HostFingerprint;
import phasebench.reports.noise.NoiseFile;
import phasebench.reports.noise.NoiseKind;
import phasebench.reports.noise.NoiseStore;
import phasebench.reports.rundir.CeilingEvidence;
import phasebench.reports.rundir.FloorEvidence;
import phasebench.reports.rundir.NoiseEvidence;
import phasebench.reports.rundir.RunDirectory;
import phasebench.reports.rundir.RunManifest;
import phasebench.scenarios.ExperimentSpec;
import phasebench.scenarios.Scenario;

/// Where an experiment takes place: this machine, this project, this folder for results.
///
/// @param runs where run directories are made
/// @param repeatCommand the command line that repeats the experiment
record Site(
        Installation installation,
        CpuTopology topology,
        CpuPinning.UtilLinux tools,
        Path runs,
        List<String> repeatCommand,
        Collaborators collaborators) {
    Site {
        repeatCommand = List.copyOf(repeatCommand);
    }

    /// This machine.
    static Site here(Installation installation, Path runs, List<String> repeatCommand, Collaborators collaborators) {
        return new Site(
                installation, CpuTopology.read(), CpuPinning.UtilLinux.find(), runs, repeatCommand, collaborators);
    }

    /// The same place for another experiment. The machine is not looked at again: who has pinned itself for an
    /// experiment would see fewer cores.
    Site with(Path otherRuns, List<String> otherRepeatCommand) {
        return new Site(installation, topology, tools, otherRuns, otherRepeatCommand, collaborators);
    }

    Path javaHome() {
        return installation.javaHome();
    }

    Path lockFile() {
        return ExclusiveLock.defaultFile();
    }

    CpuPlacement placement() {
        return topology.placement(tools.hasTaskset());
    }

    /// What keeps an experiment from running, beyond what the doctor finds.
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!Files.isRegularFile(installation.relayJar())) {
            problems.add("the relay is not built: no " + installation.relayJar() + "; to mend it: mvn package");
        }
        return problems;
    }

    TrialSetup trialSetup(ExperimentSpec spec, RelayBuilds builds, ChildProcesses children) {
        return new TrialSetup(
                spec.scenario(),
                spec.seed(),
                new TrialSetup.Host(placement(), tools, javaHome(), builds::jar),
                collaborators.load(),
                children,
                TrialSetup.Timeouts.DEFAULT);
    }

    /// What the machine charges for the bare minimum where the relays will run; empty when nobody wants it.
    Optional<FloorEvidence> floor() throws FloorException, InterruptedException {
        CpuPlacement placement = placement();
        return collaborators
                .floor()
                .measure(new FloorProbe.Place(
                        CpuPinning.launcherPrefix(placement.pinning(), placement.relayCores(), tools),
                        javaHome(),
                        placement.relayCores().size()));
    }

    /// Whether anybody wants to know what the load generator can receive.
    boolean isCeilingWanted() {
        return !collaborators.ceiling().equals(Collaborators.CeilingMeter.NONE);
    }

    /// What the load generator can receive where it will run, beside what a scenario asks of it; empty when nobody
    /// wants it.
    Optional<CeilingEvidence> ceiling(Scenario scenario) throws CeilingException, InterruptedException {
        CpuPlacement placement = placement();
        CeilingProbe probe = new CeilingProbe(
                CpuPinning.launcherPrefix(placement.pinning(), placement.loadCores(), tools), javaHome());
        int threads = Math.min(scenario.generators(), placement.loadCores().size());
        return collaborators.ceiling().measure(probe, threads, StreamRate.packetsPerSecondRead(scenario));
    }

    /// The relays that the variants run; revisions among them are built now.
    RelayBuilds builds(ExperimentSpec spec, PrintStream out)
            throws PreflightException, BuildFailedException, IOException, InterruptedException {
        return RelayBuilds.of(installation, spec, out);
    }

    /// Facts about machine and programs.
    Map<String, String> environment() throws IOException {
        Map<String, String> environment = new LinkedHashMap<>(EnvironmentProbe.read(topology, placement()));
        environment.put("async-profiler", Preflight.asyncProfilerVersion());
        environment.put("phasebench", version());
        environment.put(RelayFingerprint.LABEL, RelayFingerprint.of(installation.relayJar()));
        return environment;
    }

    /// What is known of this machine's noise, for experiments of this kind; empty if it was not calibrated.
    Optional<NoiseEvidence> noise(ExperimentSpec spec) throws IOException {
        return NoiseStore.beside(runs)
                .newest(HostFingerprint.of(environment()), NoiseKind.of(spec))
                .map(NoiseFile::evidence);
    }

    /// Keeps with the run what is known now.
    void writeNoise(ExperimentSpec spec, RunDirectory run) throws IOException {
        Optional<NoiseEvidence> known = noise(spec);
        if (known.isPresent()) {
            run.writeNoise(known.get());
        }
    }

    RunManifest manifest(
            ExperimentPlan plan, RelayBuilds builds, String runId, Instant startedAt, List<Finding> findings)
            throws IOException {
        Map<String, String> environment = environment();
        environment.putAll(builds.facts());
        environment.put("A/A control", NoiseText.of(noise(plan.spec())));
        findings.forEach(finding -> environment.put("doctor: " + finding.name(), finding.found()));
        return new RunManifest(
                RunManifest.SCHEMA_VERSION,
                runId,
                startedAt.toString(),
                repeatCommand,
                plan.spec(),
                plan.directoryNames(),
                environment,
                findings.stream()
                        .filter(finding -> finding.state() == Finding.State.WARN)
                        .map(Finding::asWarning)
                        .toList());
    }

    /// The profilers of the profiled trials; their library is kept with the run, so that it can be told later what
    /// sampled it.
    Profiler.AsyncProfilerAndJfr profiler(Path runDirectory) throws IOException {
        return Preflight.prepare(runDirectory, PerfEvents.probe());
    }

    /// Renders the report and says what it found.
    void report(Path runDirectory, PrintStream out) throws IOException {
        collaborators.reporter().write(runDirectory, out);
    }

    static String version() {
        return Optional.ofNullable(Site.class.getPackage().getImplementationVersion())
                .orElse("development build");
    }
}
