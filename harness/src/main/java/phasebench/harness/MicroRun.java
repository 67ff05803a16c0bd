package phasebench.harness;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phasebench.harness.machine.CpuPinning;
import phasebench.harness.machine.CpuPlacement;
import phasebench.harness.machine.EnvironmentProbe;
import phasebench.harness.machine.ExclusiveLock;
import phasebench.harness.micro.JmhPlan;
import phasebench.harness.micro.JmhProcess;
import phasebench.harness.process.JvmCommand;
import phasebench.reports.micro.MicroBenchmark;
import phasebench.reports.micro.MicroEvidence;
import phasebench.reports.rundir.JsonFile;
import phasebench.reports.rundir.MicroManifest;
import phasebench.reports.rundir.RunDirectory;

/// Benchmarks from beginning to end: JMH in a process of its own, on the relay's core and with the relay's JVM flags.
final class MicroRun {
    private final JmhPlan plan;
    private final Site site;
    private final PrintStream out;

    MicroRun(JmhPlan plan, Site site, PrintStream out) {
        this.plan = plan;
        this.site = site;
        this.out = out;
    }

    /// @param existing the run directory to put the results into; null for a new one
    /// @return exit code
    int run(@Nullable Path existing) throws UsageException, PreflightException, IOException {
        String holder = "process %d, benchmarks, since %s"
                .formatted(ProcessHandle.current().pid(), Instant.now());
        try (ExclusiveLock _ = ExclusiveLock.take(site.lockFile(), holder)) {
            RunDirectory run = directory(existing);
            out.println("run directory: " + run.path());
            return measure(run);
        } catch (ExclusiveLock.HeldException e) {
            throw new PreflightException(List.of(String.valueOf(e.getMessage())));
        }
    }

    private RunDirectory directory(@Nullable Path existing) throws UsageException, IOException {
        if (existing == null) {
            return RunDirectory.create(site.runs(), "micro", Instant.now());
        }
        RunDirectory run = RunDirectory.open(existing);
        if (Files.exists(run.microFile())) {
            throw new UsageException("--run: it has results of benchmarks already: " + run.microFile());
        }
        return run;
    }

    private int measure(RunDirectory run) throws IOException {
        // JMH makes the file when it begins: it gets its name only when it is whole
        Path unfinished = run.microFile().resolveSibling(".micro.json.unfinished");
        List<String> command = command(unfinished);
        ChildProcesses children = new ChildProcesses();
        try (Interruption interruption = Interruption.watch(children, null)) {
            JsonFile.write(run.microManifestFile(), manifest(command));
            int code;
            try (JmhProcess jmh = children.add(JmhProcess.start(command, run.microLog(), out))) {
                code = jmh.await();
            }
            if (interruption.isRequested()) {
                return ExitCode.INTERRUPTED;
            }
            if (code != 0) {
                out.println("JMH ended with exit code " + code + "; what it said is in " + run.microLog());
                return ExitCode.INVALID;
            }
            Files.move(unfinished, run.microFile(), StandardCopyOption.ATOMIC_MOVE);
            return show(run);
        } catch (InterruptedException | ClosedByInterruptException _) {
            out.println("interrupted; JMH keeps nothing of benchmarks that it had not all run");
            return ExitCode.INTERRUPTED;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private int show(RunDirectory run) throws IOException {
        MicroEvidence evidence = MicroEvidence.read(run.microFile());
        MicroLines.of(evidence).forEach(out::println);
        List<MicroBenchmark> missing = missing(evidence);
        missing.forEach(benchmark -> out.println("no result: " + benchmark + "; see " + run.microLog()));
        out.println("results: " + run.microFile());
        return evidence.results().isEmpty() ? ExitCode.INVALID : ExitCode.OK;
    }

    private List<MicroBenchmark> missing(MicroEvidence evidence) {
        return plan.phases().stream()
                .flatMap(phase -> phase.pairs().stream())
                .flatMap(pair -> Stream.of(pair.before(), pair.after()))
                .distinct()
                .filter(benchmark -> evidence.find(benchmark).isEmpty())
                .toList();
    }

    private List<String> command(Path results) {
        CpuPlacement placement = site.placement();
        return new JvmCommand(
                        CpuPinning.launcherPrefix(placement.pinning(), placement.relayCores(), site.tools()),
                        site.javaHome(),
                        placement.relayCores().size(),
                        // the lock on the machine is held already, and JMH's would stand in the way of other users'
                        List.of("-Djmh.ignoreLock=true"),
                        site.installation().benchmarksJar())
                .with(plan.arguments(results).toArray(String[]::new));
    }

    private MicroManifest manifest(List<String> command) {
        Map<String, String> environment = new LinkedHashMap<>(EnvironmentProbe.read(site.topology(), site.placement()));
        environment.put("phasebench", Site.version());
        return new MicroManifest(
                MicroManifest.SCHEMA_VERSION, Instant.now().toString(), site.repeatCommand(), command, environment);
    }
}
