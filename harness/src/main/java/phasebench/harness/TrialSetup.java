package phasebench.harness;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import phasebench.harness.machine.CpuPinning;
import phasebench.harness.machine.CpuPlacement;
import phasebench.harness.plan.TrialValidity;
import phasebench.harness.plan.ValidityLimits;
import phasebench.harness.process.JvmCommand;
import phasebench.reports.rundir.TrialId;
import phasebench.scenarios.RelayBuild;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.Variant;

/// What all trials of an experiment have in common.
///
/// @param host where they run
/// @param load how the load is started
/// @param children every process that is alive, for the case that the user ends the experiment
record TrialSetup(
        Scenario scenario, long seed, Host host, TrialLoad.Launcher load, ChildProcesses children, Timeouts timeouts) {
    /// Machine and programs.
    ///
    /// @param relayJar finds the jar of a build
    record Host(
            CpuPlacement placement, CpuPinning.UtilLinux tools, Path javaHome, Function<RelayBuild, Path> relayJar) {
        /// A host that runs one jar, whatever build a variant asks for.
        Host(CpuPlacement placement, CpuPinning.UtilLinux tools, Path javaHome, Path relayJar) {
            this(placement, tools, javaHome, _ -> relayJar);
        }
    }

    /// @param ready from the relay's start to its READY line
    /// @param stop from SIGTERM to the relay's end
    record Timeouts(Duration ready, Duration stop) {
        /// Warming the crypto takes a relay one to two seconds on a quiet core: room for a busy one.
        static final Timeouts DEFAULT = new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(10));
    }

    /// The same for one trial, which may have its own number of viewers.
    TrialSetup of(TrialId trial) {
        Integer viewers = trial.viewers();
        return viewers == null
                ? this
                : new TrialSetup(scenario.withViewerCount(viewers), seed, host, load, children, timeouts);
    }

    CpuPlacement placement() {
        return host.placement;
    }

    Path javaHome() {
        return host.javaHome;
    }

    /// The same for another scenario.
    TrialSetup withScenario(Scenario changed) {
        return new TrialSetup(changed, seed, host, load, children, timeouts);
    }

    /// The same with relay and load on each other's cores, where the machine has such a choice.
    TrialSetup withCoresSwapped() {
        Host swapped = new Host(host.placement.swapped(), host.tools, host.javaHome, host.relayJar);
        return new TrialSetup(scenario, seed, swapped, load, children, timeouts);
    }

    /// The relay's command line; it runs in its trial's folder and finds its configuration there.
    List<String> relayCommand(Variant variant) {
        return relayCommand(variant, host.placement.relayCores());
    }

    /// The same for a relay that begins on other cores than it is measured on.
    List<String> relayCommand(Variant variant, List<Integer> startCores) {
        CpuPlacement placement = host.placement;
        return new JvmCommand(
                        CpuPinning.launcherPrefix(placement.pinning(), startCores, host.tools),
                        variant.jdk() == null ? host.javaHome : Path.of(variant.jdk()),
                        placement.relayCores().size(),
                        variant.jvmFlags(),
                        host.relayJar.apply(variant.build()))
                .with(relayArguments(variant));
    }

    /// What is planted stands on the command line alone, where anybody sees it.
    private static String[] relayArguments(Variant variant) {
        List<String> arguments = new ArrayList<>(List.of("--config", "relay.yaml"));
        if (!variant.plant().isEmpty()) {
            arguments.add("--allow-plants");
            variant.plant().forEach((kind, amount) -> arguments.addAll(List.of("--plant", kind + "=" + amount)));
        }
        return arguments.toArray(String[]::new);
    }

    TrialLoad startLoad(Path logFile) throws TrialFailedException {
        CpuPlacement placement = host.placement;
        return load.start(
                CpuPinning.launcherPrefix(placement.pinning(), placement.loadCores(), host.tools),
                host.javaHome,
                logFile,
                scenario.generators());
    }

    /// How one trial is judged: where trials differ in their number of viewers, only memory is read.
    TrialValidity validity(TrialId trial) {
        return trial.viewers() == null
                ? validity()
                : new TrialValidity(scenario, TrialValidity.CoreSharing.OF_NO_WEIGHT, ValidityLimits.DEFAULT);
    }

    TrialValidity validity() {
        TrialValidity.CoreSharing sharing = switch (host.placement.pinning()) {
            case APART -> TrialValidity.CoreSharing.PINNED_APART;
            case NONE -> TrialValidity.CoreSharing.SHARED;
        };
        return new TrialValidity(scenario, sharing, ValidityLimits.DEFAULT);
    }
}
