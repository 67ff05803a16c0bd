package phasebench.harness.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import phasebench.harness.load.impair.ExactBinomial;
import phasebench.harness.load.viewer.ReflectorRelay;
import phasebench.harness.load.viewer.ReflectorRelay.Mood;
import phasebench.harness.load.viewer.ReflectorSession.Fault;
import phasebench.harness.load.wire.SrtpProfile;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.stats.DetectionBound;
import phasebench.scenarios.Drive;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.StreamSpec;
import phasebench.scenarios.Transport;
import phasebench.scenarios.TrialTiming;
import phasebench.scenarios.ViewerLoad;

/// Faults that only decryption shows are found as often as the stated bound says, in a seeded sample of packets.
@Timeout(60)
class SampledVerificationTest {
    private static final Duration DRAIN = Duration.ofSeconds(1);
    private static final int ONE_IN = 10;

    /// On a machine that is busy otherwise some come behind the drain.
    private static final long PACKETS_MIN = 500;

    /// A window of 60 frames of 16 packets to three viewers, one packet in ten with a flipped bit.
    private static LoadEvidence run(double viewerShare, double packetShare) throws Exception {
        Scenario scenario = new Scenario(
                "sampled",
                "",
                List.of(new StreamSpec("cam", new MediaSource.Synthetic(60, 16, 300), Transport.TCP)),
                new ViewerLoad(3, viewerShare, packetShare),
                new Drive.Open(),
                new TrialTiming(Duration.ofMillis(100), Duration.ZERO, Duration.ofSeconds(1), DRAIN));
        try (ReflectorRelay relay = new ReflectorRelay(SrtpProfile.AES_CM_128_HMAC_SHA1_80, Mood.WILLING);
                LoadRun run = new LoadRun(scenario, new LoadTargets(relay.rtspUri(), relay.httpUri()), 7)) {
            run.publish();
            run.ramp();
            for (int i = 0; i < 3; i++) {
                AtomicLong packets = new AtomicLong();
                relay.session(i).plant(Fault.CORRUPT, Integer.MAX_VALUE, _ -> packets.incrementAndGet() % ONE_IN == 0);
            }
            run.beginWindow();
            return run.endWindow(DRAIN);
        }
    }

    @Test
    void aSampleSeesItsShareOfTheFaults() throws Exception {
        LoadEvidence load = run(1, 0.2);
        DetectionBound bound = new DetectionBound(load.packetsReceived(), load.packetsVerified());
        ExactBinomial verified = ExactBinomial.range(load.packetsReceived(), 0.2, 0.0001);
        ExactBinomial found = ExactBinomial.range(load.packetsVerified(), 1.0 / ONE_IN, 0.0001);

        assertThat(load.packetsReceived()).isBetween(PACKETS_MIN, 3L * 60 * 16);
        assertThat(load.packetsVerified()).isBetween(verified.low(), verified.high());
        assertThat(load.authenticationFailures()).isBetween(found.low(), found.high());
        assertThat(bound.expectedCount(1.0 / ONE_IN)).isBetween((double) found.low(), (double) found.high());
        assertThat(bound.probability(1.0 / ONE_IN)).isGreaterThan(0.999);
    }

    @Test
    void theFunctionalModeDecryptsEverythingAndSeesEveryFault() throws Exception {
        LoadEvidence load = run(1, 1);

        assertThat(load.packetsVerified()).isEqualTo(load.packetsReceived()).isGreaterThan(PACKETS_MIN);
        long every = load.packetsReceived() / ONE_IN;
        assertThat(load.authenticationFailures()).isBetween(every - 6, every + 6);
    }

    @Test
    void whereNothingIsDecryptedNothingIsSeenAndTheBoundSaysSo() throws Exception {
        LoadEvidence load = run(0, 0);

        assertThat(load.packetsVerified()).isZero();
        assertThat(load.authenticationFailures()).isZero();
        assertThat(new DetectionBound(load.packetsReceived(), 0).probability(1.0 / ONE_IN))
                .isZero();
    }
}
