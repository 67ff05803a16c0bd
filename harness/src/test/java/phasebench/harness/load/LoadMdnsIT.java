package phasebench.harness.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import phasebench.harness.load.mdns.Neighbour;
import phasebench.harness.load.viewer.ReflectorRelay;
import phasebench.harness.load.viewer.ReflectorRelay.Mood;
import phasebench.harness.load.wire.SrtpProfile;
import phasebench.scenarios.Drive;
import phasebench.scenarios.MdnsTalk;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.StreamSpec;
import phasebench.scenarios.Transport;
import phasebench.scenarios.TrialTiming;
import phasebench.scenarios.ViewerLoad;

@Tag("enclosure")
@Timeout(60)
class LoadMdnsIT {
    @Test
    void theTalkerOfAScenarioSpeaksUntilTheLoadLeaves() throws Exception {
        Duration drain = Duration.ofMillis(150);
        Scenario scenario = new Scenario(
                "test",
                "",
                List.of(new StreamSpec("cam", new MediaSource.Synthetic(30, 8, 1188), Transport.TCP)),
                new ViewerLoad(2, 1, 1, true),
                new Drive.Open(),
                new TrialTiming(Duration.ofMillis(200), Duration.ZERO, Duration.ofMillis(500), drain),
                new MdnsTalk(100, 0, null));
        try (Neighbour neighbour = new Neighbour();
                ReflectorRelay relay = new ReflectorRelay(SrtpProfile.AEAD_AES_128_GCM, Mood.WILLING)) {
            try (LoadRun run = new LoadRun(scenario, new LoadTargets(relay.rtspUri(), relay.httpUri()), 7)) {
                run.publish();
                assertThat(neighbour.heard(Duration.ofMillis(100))).isEmpty();
                run.ramp();
                run.beginWindow();
                assertThat(neighbour.heard(Duration.ofMillis(300))).hasSizeGreaterThan(20);
                assertThat(run.endWindow(drain).viewersConnected()).isEqualTo(2);
            }
            neighbour.heard(Duration.ofMillis(100));
            assertThat(neighbour.heard(Duration.ofMillis(200))).isEmpty();
        }
    }
}
