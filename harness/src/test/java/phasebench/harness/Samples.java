package phasebench.harness;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import phasebench.reports.rundir.LatencyEvidence;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.ProcessReading;
import phasebench.scenarios.Drive;
import phasebench.scenarios.DuetSpec;
import phasebench.scenarios.ExperimentSpec;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.StreamSpec;
import phasebench.scenarios.Transport;
import phasebench.scenarios.TrialTiming;
import phasebench.scenarios.Variant;
import phasebench.scenarios.ViewerLoad;

/// An undisturbed window of one second: 10 viewers, 30 frames of 8 packets, 2400 packets; and what may differ from
/// it.
public final class Samples {
    public static final long WINDOW_NS = 1_000_000_000;
    public static final int PACKETS = 2400;

    private Samples() {}

    public static Scenario scenario(Drive drive) {
        return new Scenario(
                "tiny",
                "ten viewers",
                List.of(new StreamSpec("a", new MediaSource.Synthetic(30, 8, 1188), Transport.TCP)),
                new ViewerLoad(10, 1, 1),
                drive,
                new TrialTiming(
                        Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofMillis(100)));
    }

    public static Variant variant(String id, Map<String, String> settings) {
        return new Variant(id, id, settings, List.of());
    }

    public static ExperimentSpec experiment(int rounds, int repeatsMax, Variant... variants) {
        return new ExperimentSpec(
                "tiny",
                "a test",
                scenario(new Drive.Open()),
                variants[0].id(),
                List.of(variants),
                rounds,
                false,
                1,
                repeatsMax);
    }

    /// Launch pairs of two windows of 0.5 s each.
    public static ExperimentSpec duet(int pairs, int repeatsMax, Variant... variants) {
        return duet(new DuetSpec(pairs, 2, Duration.ofSeconds(1), 1), repeatsMax, variants);
    }

    /// Launch pairs of windows of 0.5 s each.
    public static ExperimentSpec duet(DuetSpec duet, int repeatsMax, Variant... variants) {
        Scenario scenario = scenario(new Drive.Closed(2));
        TrialTiming timing = scenario.timing();
        Scenario shorter = new Scenario(
                scenario.name(),
                scenario.description(),
                scenario.streams(),
                scenario.viewers(),
                scenario.drive(),
                new TrialTiming(timing.ramp(), timing.warmUp(), Duration.ofMillis(500), timing.drain()));
        return new ExperimentSpec(
                "duet", "a test", shorter, variants[0].id(), List.of(variants), 0, false, 1, repeatsMax, duet);
    }

    public static Load load() {
        return new Load();
    }

    /// A reading so long after the first one, with the relay's counter at that value.
    public static ProcessReading reading(long atNs, double packetsOut) {
        return reading(atNs, packetsOut, atNs * 3 / 10, atNs * 3 / 10, 0, Map.of());
    }

    public static ProcessReading reading(
            long atNs, double packetsOut, long cpuNs, long coreBusyNs, long coreStealNs, Map<String, Double> counters) {
        Map<String, Double> all = new TreeMap<>(counters);
        all.put("relay_rtp_packets_out_total", packetsOut);
        return new ProcessReading(atNs, cpuNs, List.of(), 0, 0, 0, 0, coreBusyNs, coreStealNs, all, Map.of());
    }

    /// A load's evidence with what differs from the undisturbed window.
    public static final class Load {
        private int viewersWanted = 10;
        private int viewersConnected = 10;
        private long framesOffered = 30;
        private long framesComplete = 300;
        private long packetsReceived = PACKETS;
        private long packetsLost;
        private long authenticationFailures;
        private long contentMismatches;
        private long receiveBufferDrops;
        private long sendDelayNsP99 = 200_000;
        private long generatorCpuNs = 300_000_000;

        /// Only the publisher.
        public Load withoutViewers() {
            viewersWanted = 0;
            viewersConnected = 0;
            packetsReceived = 0;
            return this;
        }

        public Load viewersConnected(int value) {
            viewersConnected = value;
            return this;
        }

        public Load framesOffered(long value) {
            framesOffered = value;
            return this;
        }

        public Load lost(long packets, long frames) {
            packetsLost = packets;
            packetsReceived = PACKETS - packets;
            framesComplete = 300 - frames;
            return this;
        }

        public Load authenticationFailures(long value) {
            authenticationFailures = value;
            return this;
        }

        public Load contentMismatches(long value) {
            contentMismatches = value;
            return this;
        }

        public Load receiveBufferDrops(long value) {
            receiveBufferDrops = value;
            return this;
        }

        public Load sendDelayNsP99(long value) {
            sendDelayNsP99 = value;
            return this;
        }

        public Load generatorCpuNs(long value) {
            generatorCpuNs = value;
            return this;
        }

        public LoadEvidence build() {
            return new LoadEvidence(
                    viewersWanted,
                    viewersConnected,
                    framesOffered,
                    300,
                    framesComplete,
                    packetsReceived,
                    packetsLost,
                    0,
                    0,
                    packetsReceived,
                    authenticationFailures,
                    contentMismatches,
                    receiveBufferDrops,
                    sendDelayNsP99,
                    sendDelayNsP99,
                    generatorCpuNs,
                    0,
                    Map.of("AEAD_AES_128_GCM", 10),
                    Map.of("SR", 10L),
                    WINDOW_NS,
                    List.of(),
                    new LatencyEvidence(packetsReceived, 1, 2, 3, 4, 5, ""));
        }
    }
}
