package phasebench.harness.load.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import phasebench.harness.load.audit.SampleShare;
import phasebench.harness.load.media.FrameGrid;
import phasebench.harness.load.media.FrameSource;
import phasebench.harness.load.media.OpusSource;
import phasebench.harness.load.media.SyntheticSource;
import phasebench.scenarios.AudioSpec;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.ViewerLoad;

/// The same seed offers the same packets at the same instants to the same viewers; losses have FateScriptTest, and all
/// of it together ImpairedLoadTest.
class RepeatabilityTest {
    private static final ViewerLoad LOAD = new ViewerLoad(100, 0.2, 0.1, true);
    private static final int FRAMES = 300;

    private record Due(long nanos, int timestamp, List<String> packets) {}

    /// What a stream sends on both tracks, with its instants from the first frame on; due times inside packets are left
    /// at zero.
    private static List<Due> schedule(long seed) {
        List<Due> schedule = new ArrayList<>();
        FrameSource video = new SyntheticSource(new MediaSource.Synthetic(30, 8, 300), 1, seed);
        add(schedule, video, new FrameGrid(30, (int) seed));
        FrameSource sound = new OpusSource(AudioSpec.DEFAULT, 1, seed);
        add(schedule, sound, new FrameGrid(50, sound.kind().clockRate(), (int) seed));
        return schedule;
    }

    private static void add(List<Due> schedule, FrameSource source, FrameGrid grid) {
        for (long frame = 0; frame < FRAMES; frame++) {
            List<String> packets = source.payloads(frame, 0).stream()
                    .map(unit -> java.util.HexFormat.of().formatHex(unit))
                    .toList();
            schedule.add(new Due(grid.nanos(frame), grid.timestamp(frame), packets));
        }
    }

    /// What is random about a viewer: credentials, name, and which of its packets are decrypted.
    private record Viewer(String offer, String name, SampleShare share) {}

    private static List<Viewer> viewers(long seed) {
        ViewerChoice choice = new ViewerChoice(LOAD, seed);
        List<Viewer> viewers = new ArrayList<>();
        for (int i = 0; i < LOAD.count(); i++) {
            String name = String.valueOf(choice.localName(i));
            viewers.add(new Viewer(SdpOffer.of(choice.random(i), name).toSdp("sha-256 00"), name, choice.share(i)));
        }
        return viewers;
    }

    @Test
    void theSameSeedSchedulesTheSamePackets() {
        assertThat(schedule(7)).isEqualTo(schedule(7)).isNotEqualTo(schedule(8));
    }

    @Test
    void theSameSeedMakesTheSameViewers() {
        assertThat(viewers(7)).isEqualTo(viewers(7)).isNotEqualTo(viewers(8)).doesNotHaveDuplicates();
    }
}
