package phasebench.harness.load.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Video and sound of one stream, whose frame 0 is due at the same instant.
class StreamWindowTest {
    private static FrameGrid sound(int packetsPerSecond) {
        return new FrameGrid(packetsPerSecond, TrackKind.AUDIO.clockRate(), 77);
    }

    @Test
    void soundStandsOnTheGridOf48Kilohertz() {
        FrameGrid grid = sound(50);
        for (int packet = 0; packet < 1_000; packet++) {
            assertThat(grid.timestamp(packet)).isEqualTo(77 + packet * 960);
            assertThat(grid.frameIndex(500, grid.timestamp(packet) - grid.timestamp(500)))
                    .isEqualTo(packet);
        }
        assertThat(grid.frameIndex(500, 959)).isEqualTo(-1);
        assertThat(grid.ticksIn(FrameGrid.SECOND_NS)).isEqualTo(48_000);
    }

    @ParameterizedTest
    @CsvSource({"30,50", "25,50", "24,100", "60,400", "240,25", "29,50", "7,25"})
    void eachPacketOfSoundBelongsToTheWindowOfThePicturesInWhoseTimeItIsDue(int framesPerSecond, int packetsPerSecond) {
        FrameGrid video = new FrameGrid(framesPerSecond, 0);
        FrameGrid sound = sound(packetsPerSecond);
        long endBefore = 0;
        for (int frame = 0; frame < 500; frame++) {
            StreamWindow window = new StreamWindow(List.of(video, sound), frame);
            assertThat(window.tracks().get(1).endFrame()).as("not ended yet").isEqualTo(Long.MAX_VALUE);
            window.endBefore(frame + 1);
            FrameWindow packets = window.tracks().get(1);
            assertThat(window.video().contains(frame)).isTrue();
            assertThat(packets.firstFrame()).as("windows leave nothing out").isEqualTo(endBefore);
            for (long packet = packets.firstFrame(); packet < packets.endFrame(); packet++) {
                // exactly, in ticks of a clock that has both rates
                long at = packet * framesPerSecond;
                assertThat(at).isBetween((long) frame * packetsPerSecond, (frame + 1L) * packetsPerSecond - 1);
            }
            endBefore = packets.endFrame();
        }
    }

    @Test
    void inAClosedDriveSoundIsDueWithThePictureInWhoseTimeItFalls() throws Exception {
        FrameGrid video = new FrameGrid(30, 0);
        ClosedDrive closed = new ClosedDrive(video, System.nanoTime(), 4);
        closed.close(1);
        RidingDrive riding = new RidingDrive(sound(50), video, closed);
        assertThat(riding.newestFrame()).isEqualTo(-1);
        for (int frame = 0; frame < 3; frame++) {
            closed.awaitFrame(frame);
        }

        // pictures at 0, 33 and 67 ms, packets at 0, 20, 40, 60 and 80 ms
        List<Integer> pictures = List.of(0, 0, 1, 1, 2);
        for (int packet = 0; packet < pictures.size(); packet++) {
            assertThat(riding.awaitFrame(packet)).isEqualTo(closed.dueNs(pictures.get(packet)));
            assertThat(riding.newestFrame()).isEqualTo(packet);
        }
    }
}
