package phasebench.harness;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phasebench.harness.machine.CpuTopology;
import phasebench.harness.machine.EnvironmentProbe;
import phasebench.harness.plan.ExperimentPlan;
import phasebench.reports.comparison.RunEvidence;
import phasebench.reports.gate.GateCase;
import phasebench.reports.gate.GateDecision;
import phasebench.reports.gate.GateJudge;
import phasebench.reports.gate.GateMarkdown;
import phasebench.reports.gate.GitHubAnnotations;
import phasebench.reports.gate.JUnitXml;
import phasebench.reports.noise.HostFingerprint;
import phasebench.reports.rundir.JsonFile;
import phasebench.reports.rundir.RunDirectory;
import phasebench.reports.rundir.RunDirectoryException;
import phasebench.scenarios.ExperimentFile;
import phasebench.scenarios.ExperimentSpec;
import phasebench.scenarios.FileKind;
import phasebench.scenarios.GatePolicy;
import phasebench.scenarios.GatePolicyFile;
import phasebench.scenarios.ScenarioFileException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `phasebench gate`: the only command whose exit code says what the evidence says.
@Command(
        name = "gate",
        description = "hold an experiment against a policy; the exit code is for CI",
        mixinStandardHelpOptions = true)
final class GateCommand implements Callable<Integer> {
    private final Collaborators collaborators;
    private final long beganNs = System.nanoTime();

    @Option(
            names = "--policy",
            required = true,
            paramLabel = "POLICY.yaml",
            description = "a file of 'kind: gate', or the name of a shipped one")
    private String policyFile = "";

    @Option(
            names = "--experiment",
            paramLabel = "RUN_DIR",
            description = "judge this run directory instead of running the policy's experiment")
    private @Nullable Path runDirectory;

    @Option(names = "--pairs", paramLabel = "N", description = "launch pairs of each candidate with the baseline")
    private @Nullable Integer pairs;

    @Option(
            names = "--build",
            paramLabel = "VARIANT=BUILD",
            description = "the relay that a variant runs: project, jar:PATH or revision:REV")
    private Map<String, String> builds = Map.of();

    @Option(names = "--runs", paramLabel = "DIR", description = "where run directories are made (default: runs/)")
    private @Nullable Path runs;

    @Option(names = "--junit", paramLabel = "FILE", description = "JUnit XML: a case for each phase and metric")
    private @Nullable Path junit;

    @Option(names = "--markdown", paramLabel = "FILE", description = "the decision for a comment on a pull request")
    private @Nullable Path markdown;

    @Option(names = "--annotations", description = "print annotations for GitHub Actions")
    private boolean isAnnotating;

    @Option(
            names = "--any-host",
            description = "judge a run directory that another machine wrote; without it, such a run does not pass")
    private boolean isAnyHostRight;

    GateCommand(Collaborators collaborators) {
        this.collaborators = collaborators;
    }

    @Override
    public Integer call()
            throws UsageException, ScenarioFileException, PreflightException, BuildFailedException, IOException,
                    InterruptedException {
        Installation installation = Installation.find();
        Path file = ShippedFile.find(installation, policyFile, FileKind.GATE);
        GatePolicy policy = GatePolicyFile.read(file);
        Path run = runDirectory;
        if (run == null) {
            return judgeOwnRun(installation, file, policy);
        }
        if (pairs != null || !builds.isEmpty()) {
            throw new UsageException(
                    "--pairs and --build change an experiment that the gate runs; with --experiment it" + " runs none");
        }
        return judge(policy, run, CpuTopology.read());
    }

    private int judgeOwnRun(Installation installation, Path file, GatePolicy policy)
            throws UsageException, ScenarioFileException, PreflightException, BuildFailedException, IOException,
                    InterruptedException {
        String name = policy.experiment();
        if (name == null) {
            throw new UsageException("policy %s names no experiment to run; give a run directory with --experiment"
                    .formatted(policy.name()));
        }
        Path folder = file.toAbsolutePath().resolveSibling("");
        Path experimentFile = ShippedFile.find(installation, folder, name, FileKind.EXPERIMENT);
        ExperimentSelection selection =
                ExperimentSelection.of(experimentFile, pairs, withBaseline(policy, experimentFile), builds);
        ExperimentPlan plan = ExperimentPlan.of(selection.resolve(installation));
        requireEnough(policy, plan.spec());
        PrintStream out = System.out;
        out.print(PlanText.of(plan));
        Path runsFolder = runs == null ? installation.defaultRuns() : runs;
        Site site = Site.here(
                installation,
                runsFolder,
                selection.repeatCommand(installation, plan.spec()),
                collaborators.withoutFloor().withoutCeiling());
        Experiment experiment = new Experiment(plan, site, out, policy.timeout());
        int exitCode = experiment.run();
        Path run = experiment.directory();
        if (run == null) {
            throw new IllegalStateException("an experiment ended without a run directory");
        }
        if (experiment.isExpired()) {
            return tell(
                    GateJudge.withoutRun(
                            policy,
                            RunDirectory.open(run).id(),
                            "the policy's timeout of " + Progress.inWords(policy.timeout())
                                    + " was over before the experiment was; what was measured is in " + run),
                    run);
        }
        return exitCode == ExitCode.INTERRUPTED ? exitCode : judge(policy, run, site.topology());
    }

    /// The policy's candidates and what they are compared with; none for all.
    private static List<String> withBaseline(GatePolicy policy, Path experimentFile) throws ScenarioFileException {
        return policy.variants().isEmpty()
                ? List.of()
                : Stream.concat(Stream.of(ExperimentFile.read(experimentFile).baseline()), policy.variants().stream())
                        .toList();
    }

    /// A gate that cannot pass need not take an hour to say so.
    private static void requireEnough(GatePolicy policy, ExperimentSpec spec) throws UsageException {
        int planned = spec.duet() == null ? spec.rounds() : spec.duet().pairs();
        if (planned < policy.pairsMin()) {
            throw new UsageException("experiment %s plans %d launch pairs or rounds, and policy %s asks for %d at least"
                    .formatted(spec.name(), planned, policy.name(), policy.pairsMin()));
        }
    }

    /// @param machine as it was before an experiment confined this process to the load's cores
    private int judge(GatePolicy policy, Path run, CpuTopology machine) throws IOException {
        RunEvidence evidence;
        try {
            evidence = RunEvidence.read(run);
        } catch (RunDirectoryException e) {
            tell(GateJudge.withoutRun(policy, String.valueOf(run.getFileName()), String.valueOf(e.getMessage())), null);
            return ExitCode.USAGE;
        }
        List<String> otherHost = HostFingerprint.differences(
                evidence.manifest().environment(), EnvironmentProbe.read(machine, machine.placement(true)));
        if (!otherHost.isEmpty() && !isAnyHostRight) {
            String reason = "the run was measured on another host (" + String.join("; ", otherHost)
                    + "); --any-host lets it be judged all the same";
            return tell(GateJudge.withoutRun(policy, evidence.manifest().runId(), reason), run);
        }
        return tell(GateJudge.decide(policy, evidence), run);
    }

    /// Prints and writes the decision.
    ///
    /// @param run where `gate.json` belongs; null for a run that cannot be read
    /// @return exit code
    private int tell(GateDecision decision, @Nullable Path run) throws IOException {
        PrintStream out = System.out;
        for (GateCase one : decision.cases()) {
            out.println("%s: %s, %s: %s".formatted(one.result().word(), one.variant(), one.metric(), one.message()));
        }
        decision.notes().forEach(note -> out.println("note: " + note));
        out.println("gate " + decision.policy() + ": " + GateMarkdown.headline(decision));
        if (isAnnotating) {
            GitHubAnnotations.of(decision).forEach(out::println);
        }
        if (run != null && Files.isWritable(run)) {
            JsonFile.write(run.resolve("gate.json"), decision);
        }
        if (junit != null) {
            write(junit, JUnitXml.render(decision, (System.nanoTime() - beganNs) / 1e9));
        }
        if (markdown != null) {
            write(markdown, GateMarkdown.render(decision));
        }
        return switch (decision.result()) {
            case PASSED -> ExitCode.OK;
            case REGRESSED, REFUTED -> ExitCode.REGRESSION;
            case INCONCLUSIVE -> ExitCode.INCONCLUSIVE;
            case INVALID -> ExitCode.INVALID;
        };
    }

    private static void write(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        JsonFile.writeText(file.toAbsolutePath(), text);
    }
}
