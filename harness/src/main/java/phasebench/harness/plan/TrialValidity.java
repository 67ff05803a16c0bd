package phasebench.harness.plan;

import java.util.ArrayList;
import java.util.List;
import phasebench.reports.rundir.DeliveryFault;
import phasebench.reports.rundir.GeneratorEvidence;
import phasebench.reports.rundir.LoadChecks;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.ProcessReading;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.scenarios.Drive;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.StreamSpec;

/// Judges from load and machine alone whether a trial counts, before anyone looks at what it measured. A loss that
/// the relay caused is a result and stays measured; a loss of the load generator's, a disturbed machine or a relay
/// that ran other settings than asked for make a trial that yields no number.
public record TrialValidity(Scenario scenario, CoreSharing coreSharing, ValidityLimits limits) {
    /// A relay that answers late has forwarded one frame more by then, and a key frame is larger than the mean.
    private static final double FRAMES_LATE_MAX = 1.5;

    /// Whether the relay has its cores for itself.
    public enum CoreSharing {
        /// Relay and load are pinned to different cores: busy time of the relay's cores beyond its own is others'.
        PINNED_APART,
        /// Everything shares the cores: nobody can say who disturbed whom.
        SHARED,
        /// Only memory is read, and what is live after a full collection is the same whoever used the cores.
        OF_NO_WEIGHT
    }

    /// What the load generator and two readings of the process say about the trial.
    ///
    /// @param before reading before the first frame of the window
    /// @param after reading after the last frame of the window
    public TrialOutcome judge(LoadEvidence load, ProcessReading before, ProcessReading after) {
        List<String> failures = deliveryFailures(load);
        if (!failures.isEmpty()) {
            return new TrialOutcome.Failed(failures);
        }
        List<String> reasons = new ArrayList<>();
        reasons.addAll(unequalLoad(load));
        reasons.addAll(generatorLimits(load));
        reasons.addAll(counterDisagreement(load, before, after));
        reasons.addAll(fallbacks(after));
        reasons.addAll(disturbance(before, after));
        return reasons.isEmpty() ? new TrialOutcome.Measured() : new TrialOutcome.Invalid(reasons);
    }

    private static List<String> deliveryFailures(LoadEvidence load) {
        List<String> reasons = new ArrayList<>();
        if (load.authenticationFailures() > 0) {
            reasons.add("relay: %d of %d verified packets failed authentication"
                    .formatted(load.authenticationFailures(), load.packetsVerified()));
        }
        List<DeliveryFault> named = load.checks() == null
                ? List.of()
                : load.checks().faults().stream()
                        .filter(fault -> fault.kind().isWrongDelivery())
                        .toList();
        long unnamed = load.contentMismatches()
                - named.stream()
                        .filter(fault -> fault.kind() != DeliveryFault.Kind.NOT_AUTHENTIC)
                        .mapToLong(DeliveryFault::count)
                        .sum();
        if (unnamed > 0) {
            reasons.add("relay: %d of %d decrypted packets differ from what was published"
                    .formatted(unnamed, load.packetsVerified()));
        }
        named.forEach(fault -> reasons.add("relay: " + fault.text()));
        if (load.packetsForwarded() == 0 && load.viewersWanted() > 0) {
            reasons.add("no packet reached any viewer");
        }
        return reasons;
    }

    private List<String> unequalLoad(LoadEvidence load) {
        List<String> reasons = new ArrayList<>();
        if (load.viewersConnected() < load.viewersWanted()) {
            reasons.add("unequal load: %d of %d viewers were connected through the window"
                    .formatted(load.viewersConnected(), load.viewersWanted()));
        }
        reasons.addAll(MovesValidity.reasons(load.joins()));
        if (scenario.drive() instanceof Drive.Open) {
            long framesPlanned = framesPlanned();
            // windows are whole frames: each track may come out one frame longer or shorter
            int tracks =
                    scenario.streams().stream().mapToInt(StreamSpec::trackCount).sum();
            if (Math.abs(load.framesOffered() - framesPlanned) > tracks) {
                reasons.add("unequal load: %d frames offered, the scenario plans %d"
                        .formatted(load.framesOffered(), framesPlanned));
            }
        }
        return reasons;
    }

    private long framesPlanned() {
        double windowSeconds = scenario.timing().window().toNanos() / 1e9;
        return scenario.streams().stream()
                .mapToLong(stream -> Math.round(stream.source().framesPerSecond() * windowSeconds)
                        + Math.round(stream.audioPacketsPerSecond() * windowSeconds))
                .sum();
    }

    private List<String> generatorLimits(LoadEvidence load) {
        List<String> reasons = new ArrayList<>();
        if (load.receiveBufferDrops() > 0) {
            reasons.add("load generator: the kernel dropped %d datagrams at its full receive buffers"
                    .formatted(load.receiveBufferDrops()));
        }
        if (scenario.drive() instanceof Drive.Open && load.sendDelayNsP99() > limits.sendDelayNsP99Max()) {
            reasons.add(
                    "load generator was the limit: publishing lagged %.1f ms behind its schedule at p99 (limit %.1f ms)"
                            .formatted(load.sendDelayNsP99() / 1e6, limits.sendDelayNsP99Max() / 1e6));
        }
        double busyShare = busiestCpuNs(load) / (double) load.windowNs();
        if (busyShare > limits.generatorBusyShareMax()) {
            reasons.add("load generator was the limit: it used %.0f %% of its core (limit %.0f %%)"
                    .formatted(busyShare * 100, limits.generatorBusyShareMax() * 100));
        }
        reasons.addAll(headroom(load));
        return reasons;
    }

    /// CPU time of the generator that used most. Those that share a core show it by waiting for it.
    private static long busiestCpuNs(LoadEvidence load) {
        LoadChecks checks = load.checks();
        return checks == null || checks.generators().size() <= 1
                ? load.generatorCpuNs()
                : checks.generators().stream()
                        .mapToLong(GeneratorEvidence::cpuNs)
                        .max()
                        .orElse(0);
    }

    private static List<String> headroom(LoadEvidence load) {
        LoadChecks checks = load.checks();
        if (checks == null) {
            return List.of();
        }
        List<GeneratorEvidence> generators = checks.generators();
        List<String> reasons = new ArrayList<>();
        if (generators.size() <= 1) {
            reasons.addAll(
                    new GeneratorHeadroom("", checks.headroom(), load.generatorGcNs(), load.windowNs()).reasons());
        }
        for (int i = 0; i < generators.size() && generators.size() > 1; i++) {
            GeneratorEvidence one = generators.get(i);
            String who = "generator %d of %d: ".formatted(i + 1, generators.size());
            reasons.addAll(new GeneratorHeadroom(who, one.headroom(), one.gcNs(), load.windowNs()).reasons());
        }
        reasons.addAll(GeneratorHeadroom.overflow(checks.impairment()));
        return reasons;
    }

    /// The readings enclose the window, so the relay must have counted every packet that arrived, and besides those
    /// only the traffic of the time that the readings enclose beyond the window. Tolerance: `counterShareMax` of
    /// the packets, at least a large frame of video, and the sound in its time, to every viewer.
    private List<String> counterDisagreement(LoadEvidence load, ProcessReading before, ProcessReading after) {
        Double sentBefore = before.relayCounters().get("relay_rtp_packets_out_total");
        Double sentAfter = after.relayCounters().get("relay_rtp_packets_out_total");
        if (sentBefore == null || sentAfter == null) {
            return List.of("relay_rtp_packets_out_total is missing from the relay's counters: nothing to hold the load"
                    + " generator's count against");
        }
        double sent = sentAfter - sentBefore;
        // what the scenario's own network took did leave the relay
        long left = load.packetsForwarded() + load.packetsLostToImpairment();
        double packetsPerNs = (double) left / load.windowNs();
        double enclosedBeyondWindow = Math.max(0, after.atNs() - before.atNs() - load.windowNs()) * packetsPerNs;
        double packetsPerFrame = scenario.framesPerPicture() * left / Math.max(1, load.framesOffered());
        double tolerance = Math.max(limits.counterShareMax() * left, FRAMES_LATE_MAX * packetsPerFrame);
        if (sent < load.packetsForwarded() - tolerance) {
            return List.of(
                    "%d packets arrived, but the relay counted only %.0f".formatted(load.packetsForwarded(), sent));
        }
        double unexplained = sent - left - enclosedBeyondWindow - MovesValidity.packetsOutside(load.joins());
        if (unexplained > tolerance) {
            return List.of("unexplained loss: the relay sent about %.0f packets that never arrived (tolerance %.0f)"
                    .formatted(unexplained, tolerance));
        }
        return List.of();
    }

    /// A variant that fell back to another variant's way of working measures that one.
    static List<String> fallbacks(ProcessReading after) {
        List<String> reasons = new ArrayList<>();
        for (String counter : List.of("relay_srtp_fallbacks_total", "relay_send_fallbacks_total")) {
            double count = after.relayCounters().getOrDefault(counter, 0.0);
            if (count > 0) {
                reasons.add("the relay did not run what the variant asks for: %s is %.0f".formatted(counter, count));
            }
        }
        return reasons;
    }

    private List<String> disturbance(ProcessReading before, ProcessReading after) {
        List<String> reasons = new ArrayList<>();
        if (coreSharing == CoreSharing.OF_NO_WEIGHT) {
            return reasons;
        }
        double elapsedNs = after.atNs() - before.atNs();
        double stealShare = (after.coreStealNs() - before.coreStealNs()) / elapsedNs;
        if (stealShare > limits.stealShareMax()) {
            reasons.add("machine disturbed: the hypervisor took %.1f %% of the relay's core (limit %.1f %%)"
                    .formatted(stealShare * 100, limits.stealShareMax() * 100));
        }
        if (coreSharing == CoreSharing.PINNED_APART) {
            double othersNs = after.coreBusyNs() - before.coreBusyNs() - (after.cpuNs() - before.cpuNs());
            if (othersNs / elapsedNs > limits.othersShareMax()) {
                reasons.add("machine disturbed: others used %.1f %% of the relay's core (limit %.1f %%)"
                        .formatted(othersNs / elapsedNs * 100, limits.othersShareMax() * 100));
            }
        }
        return reasons;
    }
}
