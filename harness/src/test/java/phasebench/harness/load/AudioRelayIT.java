package phasebench.harness.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import phasebench.harness.machine.CpuTopology;
import phasebench.harness.process.ProcessReader;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.ProcessReading;
import phasebench.scenarios.AudioSpec;
import phasebench.scenarios.Drive;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.StreamSpec;
import phasebench.scenarios.Transport;
import phasebench.scenarios.TrialTiming;
import phasebench.scenarios.ViewerLoad;

/// Video and sound through the real relay, published over TCP and over UDP: nothing is lost, and the relay counts what
/// viewers got, packet by packet.
@Timeout(120)
class AudioRelayIT {
    private static final Duration DRAIN = Duration.ofMillis(300);

    /// Two packets of sound in each frame's time, one of them with the frame: for 20 ms before each frame nothing is
    /// due, and that is when the relay is read.
    private static final int FRAMES_PER_SECOND = 25;

    /// In a window of 600 ms.
    private static final int FRAMES = 15;

    private static final int SOUNDS = 30;
    private static final int VIEWERS = 4;

    /// A busy machine may read the relay late, in the middle of a frame.
    private static final int WINDOWS_MAX = 5;

    @TempDir
    private Path folder;

    private static Scenario scenario(Transport transport) {
        MediaSource video = new MediaSource.Synthetic(FRAMES_PER_SECOND, 8, 1188);
        return new Scenario(
                "sound",
                "",
                List.of(new StreamSpec("cam", video, transport, AudioSpec.DEFAULT)),
                new ViewerLoad(VIEWERS, 1, 1),
                new Drive.Open(),
                new TrialTiming(Duration.ofMillis(200), Duration.ZERO, Duration.ofMillis(600), DRAIN));
    }

    @Test
    void nothingIsLostAndTheRelayCountsWhatViewersGot() throws Exception {
        try (RealRelay relay = RealRelay.start(folder, "best", List.of())) {
            for (Transport transport : Transport.values()) {
                try (LoadRun run = new LoadRun(scenario(transport), relay.targets(), 7)) {
                    run.publish();
                    run.ramp();
                    assertThat(leastDifference(relay, run))
                            .as("packets that the relay counted beyond those that arrived, over " + transport)
                            .isZero();
                }
            }
        }
    }

    /// Of windows that are each without loss, up to the first in which relay and viewers agree.
    private static long leastDifference(RealRelay relay, LoadRun run) throws Exception {
        ProcessReader reader = new ProcessReader(relay.pid(), CpuTopology.read().allowedCores(), relay.metrics());
        reader.read(Map.of());
        long least = Long.MAX_VALUE;
        for (int window = 0; window < WINDOWS_MAX && least != 0; window++) {
            run.beginWindow();
            ProcessReading before = reader.read(Map.of());
            run.awaitWindowBoundary();
            ProcessReading after = reader.read(Map.of());
            LoadEvidence load = run.endWindow(DRAIN);
            assertNothingIsLost(load);
            least = Math.min(least, Math.abs(counted(after) - counted(before) - load.packetsReceived()));
        }
        return least;
    }

    private static long counted(ProcessReading reading) {
        return Math.round(reading.relayCounters().getOrDefault("relay_rtp_packets_out_total", Double.NaN));
    }

    private static void assertNothingIsLost(LoadEvidence load) {
        assertThat(load.framesOffered()).isEqualTo(FRAMES + SOUNDS);
        assertThat(load.framesExpected()).isEqualTo(VIEWERS * (FRAMES + SOUNDS));
        assertThat(load.framesComplete()).isEqualTo(load.framesExpected());
        assertThat(load.packetsReceived()).isGreaterThanOrEqualTo(VIEWERS * (FRAMES * 8 + SOUNDS));
        assertThat(load.packetsVerified()).isEqualTo(load.packetsReceived());
        assertThat(Objects.requireNonNull(load.checks()).faults()).isEmpty();
    }
}
