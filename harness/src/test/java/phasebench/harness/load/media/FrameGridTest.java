package phasebench.harness.load.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameGridTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 24, 25, 29, 30, 60, 144, 240})
    void everyTimestampNamesItsFrame(int framesPerSecond) {
        FrameGrid grid = new FrameGrid(framesPerSecond, Integer.MAX_VALUE - 5_000);
        for (long frame = 0; frame < 5_000; frame++) {
            int fromNear = grid.timestamp(frame) - grid.timestamp(2_500);
            assertThat(grid.frameIndex(2_500, fromNear)).isEqualTo(frame);
        }
    }

    @Test
    void aTimestampBetweenFramesNamesNone() {
        FrameGrid grid = new FrameGrid(30, 0);

        assertThat(grid.frameIndex(10, 2_999)).isEqualTo(-1);
        assertThat(grid.frameIndex(10, 3_001)).isEqualTo(-1);
        assertThat(grid.frameIndex(10, -33_000)).isEqualTo(-1);
    }

    @Test
    void aThirdOfASecondIsTenFrames() {
        FrameGrid grid = new FrameGrid(30, 0);

        assertThat(grid.nanos(10)).isEqualTo(333_333_333);
        assertThat(grid.frameAtOrAfter(333_333_333)).isEqualTo(10);
        assertThat(grid.frameAtOrAfter(333_333_334)).isEqualTo(11);
        assertThat(grid.frameAtOrAfter(-5)).isZero();
    }
}
