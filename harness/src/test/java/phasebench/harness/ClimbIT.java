package phasebench.harness;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import phasebench.harness.machine.CpuPinning;
import phasebench.harness.machine.CpuPlacement;
import phasebench.harness.machine.CpuTopology;
import phasebench.harness.plan.TrialPlan;
import phasebench.harness.process.ReadyLine;
import phasebench.harness.profiler.Profiler;
import phasebench.reports.rundir.ClimbEvidence;
import phasebench.reports.rundir.ClimbEvidence.End;
import phasebench.reports.rundir.ClimbEvidence.Step;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.RunDirectory;
import phasebench.reports.rundir.TrialDirectory;
import phasebench.reports.rundir.TrialId;
import phasebench.reports.rundir.TrialKind;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.reports.rundir.TrialRecord;
import phasebench.reports.text.CapacityTable;
import phasebench.scenarios.Drive;
import phasebench.scenarios.LoadShape;
import phasebench.scenarios.Scenario;

/// Climbs with a real relay process that does what a script says, and a load whose windows are scripted too.
@Tag("scripted")
@EnabledOnOs(OS.LINUX)
class ClimbIT {
    private static final LoadShape CLIMB = new LoadShape.Climb(4, 2, Duration.ofMillis(20), 0);

    @TempDir
    private Path folder;

    /// What the load sees, window by window.
    private interface Windows {
        LoadEvidence of(int step);

        default void grow(int unusedStep) throws TrialFailedException {
            // everyone may join
        }
    }

    /// A load that counts its steps.
    private record SteppedLoad(TrialLoad scripted, AtomicInteger step, Windows windows) implements TrialLoad {
        @Override
        public void prepare(Scenario scenario, ReadyLine relay, long seed)
                throws TrialFailedException, InterruptedException {
            scripted.prepare(scenario, relay, seed);
        }

        @Override
        public void grow() throws TrialFailedException {
            windows.grow(step.incrementAndGet());
        }

        @Override
        public void beginWindow() throws TrialFailedException, InterruptedException {
            scripted.beginWindow();
        }

        @Override
        public void awaitWindowBoundary() throws TrialFailedException, InterruptedException {
            scripted.awaitWindowBoundary();
        }

        @Override
        public LoadEvidence endWindow(Duration drain) throws TrialFailedException, InterruptedException {
            scripted.endWindow(drain);
            return windows.of(step.get());
        }

        @Override
        public long packetsDelivered() throws TrialFailedException, InterruptedException {
            return scripted.packetsDelivered();
        }

        @Override
        public void pause() throws TrialFailedException, InterruptedException {
            scripted.pause();
        }

        @Override
        public void resume() throws TrialFailedException, InterruptedException {
            scripted.resume();
        }

        @Override
        public void leave() throws TrialFailedException, InterruptedException {
            scripted.leave();
        }

        @Override
        public void stop() {
            scripted.stop();
        }

        @Override
        public void close() {
            scripted.close();
        }
    }

    private TrialRecord trial(RunDirectory run, Windows windows) throws Exception {
        List<Integer> cores = CpuTopology.read().allowedCores();
        TrialSetup setup = new TrialSetup(
                Samples.scenario(new Drive.Open()).withShape(CLIMB),
                1,
                new TrialSetup.Host(
                        new CpuPlacement(cores, cores, CpuPlacement.Pinning.NONE),
                        CpuPinning.UtilLinux.find(),
                        Path.of(System.getProperty("java.home")),
                        ScriptedRelay.jar(folder)),
                (prefix, javaHome, log, count) ->
                        new SteppedLoad(ScriptedLoad.start(prefix, javaHome, log, count), new AtomicInteger(), windows),
                new ChildProcesses(),
                new TrialSetup.Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(2)));
        TrialPlan plan = new TrialPlan(
                new TrialId(TrialKind.STEADY, 1, "v", 1), Samples.variant("v", Map.of("script", "well-behaved")));
        TrialDirectory trialFolder = run.createTrial(plan.id());
        Progress silent = new PlainLines(new PrintStream(OutputStream.nullOutputStream()));
        TrialRecord trial = new Trial(setup, plan, new Profiler.None(), trialFolder, silent).run();
        trialFolder.writeTrial(trial);
        return trial;
    }

    private RunDirectory run() throws Exception {
        return RunDirectory.create(folder, "climb", Instant.EPOCH);
    }

    @Test
    void theStepThatLosesPacketsEndsTheClimbAndTheOneBeforeIsTheAnswer() throws Exception {
        RunDirectory run = run();
        TrialRecord trial = trial(
                run,
                step -> step < 2
                        ? Samples.load().build()
                        : Samples.load().lost(3, 2).build());

        assertThat(trial.outcome()).isEqualTo(new TrialOutcome.Measured());
        assertThat(requireNonNull(trial.load()).packetsLost()).isZero();
        assertThat(trial.heap()).isNull();
        assertThat(trial.files()).containsKey("climb.json");
        ClimbEvidence climb = run.trials().getFirst().climb().orElseThrow();
        assertThat(climb.steps()).extracting(Step::viewers).containsExactly(4, 6, 8);
        assertThat(climb.steps()).extracting(Step::isCarried).containsExactly(true, true, false);
        assertThat(climb.viewersCarried()).isEqualTo(6);
        assertThat(climb.end()).isEqualTo(End.RELAY);
        assertThat(climb.reason()).isEqualTo("8 viewers: 0.125 % of packets were lost (limit 0.000 %)");

        CapacityTable capacity = CapacityTable.read(run);
        double perCore = 6.0 / climb.relayCores();
        assertThat(capacity.sentences())
                .containsExactly(
                        "v: %.0f viewers per core (6 carried, ended at %s)".formatted(perCore, climb.reason()));
        assertThat(capacity.markdown()).contains("| 01-v | 8 | 2,397 |");
    }

    @Test
    void aScenarioThatIsCarriedWholeIsALowerBound() throws Exception {
        RunDirectory run = run();
        trial(run, _ -> Samples.load().build());

        ClimbEvidence climb = run.trials().getFirst().climb().orElseThrow();
        assertThat(climb.steps()).extracting(Step::viewers).containsExactly(4, 6, 8, 10);
        assertThat(climb.end()).isEqualTo(End.SCENARIO);
        assertThat(CapacityTable.read(run).answers().getFirst().viewersPerCore())
                .startsWith("at least ");
    }

    @Test
    void aLoadGeneratorThatIsTheLimitIsTriedAgainAndThenNamed() throws Exception {
        RunDirectory run = run();
        trial(
                run,
                step -> step == 0
                        ? Samples.load().build()
                        : Samples.load().generatorCpuNs(990_000_000).build());

        ClimbEvidence climb = run.trials().getFirst().climb().orElseThrow();
        assertThat(climb.steps()).extracting(Step::viewers).containsExactly(4, 6, 6, 6);
        assertThat(climb.end()).isEqualTo(End.INSTRUMENT);
        assertThat(climb.reason()).contains("6 viewers: load generator was the limit: it used 99 % of its core");
        assertThat(climb.viewersCarried()).isEqualTo(4);
    }

    @Test
    void aGeneratorThatCannotCarryTheFirstStepMakesTheTrialInvalid() throws Exception {
        RunDirectory run = run();
        TrialRecord trial =
                trial(run, _ -> Samples.load().generatorCpuNs(990_000_000).build());

        assertThat(trial.outcome()).isInstanceOf(TrialOutcome.Invalid.class);
        assertThat(CapacityTable.read(run).answers()).isEmpty();
        assertThat(CapacityTable.read(run).steps()).hasSize(3);
    }

    @Test
    void aRelayThatTakesNoMoreViewersHasItsCapacity() throws Exception {
        RunDirectory run = run();
        trial(run, new Windows() {
            @Override
            public LoadEvidence of(int step) {
                return Samples.load().build();
            }

            @Override
            public void grow(int step) throws TrialFailedException {
                if (step == 2) {
                    throw new TrialFailedException("viewer 7 cannot join: 503 no room");
                }
            }
        });

        ClimbEvidence climb = run.trials().getFirst().climb().orElseThrow();
        assertThat(climb.end()).isEqualTo(End.RELAY);
        assertThat(climb.viewersCarried()).isEqualTo(6);
        assertThat(climb.reason()).isEqualTo("8 viewers: viewer 7 cannot join: 503 no room");
    }
}
