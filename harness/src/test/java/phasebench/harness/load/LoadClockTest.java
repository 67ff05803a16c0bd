package phasebench.harness.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import phasebench.harness.load.media.FollowedDrive;
import phasebench.harness.load.media.FrameGrid;
import phasebench.harness.load.media.OpenDrive;

/// Which clocks generators may share.
@EnabledOnOs(OS.LINUX)
class LoadClockTest {
    private static final LoadClock HERE = LoadClock.here(List.of(5L));

    @Test
    void aClockOfThisHostIsCommonAlsoBehindTheWire() {
        LoadClock read = LoadMessage.read(LoadMessage.write(HERE), LoadClock.class);

        assertThat(read).isEqualTo(HERE);
        assertThat(read.id()).startsWith("CLOCK_MONOTONIC of boot ");
        assertThatCode(read::requireCommon).doesNotThrowAnyException();
    }

    @Test
    void aClockOfAnotherHostIsRefusedWithBothNames() {
        LoadClock other = new LoadClock("CLOCK_MONOTONIC of boot 0000, time:[1]", System.nanoTime(), List.of());

        assertThatThrownBy(other::requireCommon)
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("no common clock")
                .hasMessageContaining("the publisher goes by CLOCK_MONOTONIC of boot 0000, time:[1]")
                .hasMessageContaining(HERE.id());
    }

    @Test
    void aClockWithoutANameIsNobodysAlthoughBothCallItSo() {
        assertThatThrownBy(new LoadClock(LoadClock.UNNAMED, System.nanoTime(), List.of())::requireCommon)
                .hasMessageContaining("no common clock");
    }

    @Test
    void theSameNameDoesNotExcuseAnotherReading() {
        LoadClock ahead = new LoadClock(HERE.id(), System.nanoTime() + 3_600_000_000_000L, List.of());

        assertThatThrownBy(ahead::requireCommon).hasMessageContaining("apart from the publisher's");
    }

    @Test
    void whoFollowsKnowsTheFramesThatAreOutByTheClockAlone() throws Exception {
        FrameGrid grid = new FrameGrid(50, 9);
        long firstDueNs = System.nanoTime() + 20_000_000;
        OpenDrive publishing = new OpenDrive(grid, firstDueNs);
        FollowedDrive following = new FollowedDrive(grid, firstDueNs);
        assertThat(following.newestFrame()).isEqualTo(-1);

        for (int frame = 0; frame < 4; frame++) {
            publishing.awaitFrame(frame);
            assertThat(following.newestFrame()).isGreaterThanOrEqualTo(frame);
            assertThat(following.dueNs(frame)).isEqualTo(publishing.dueNs(frame));
        }
        long newest = following.newestFrame();
        assertThat(following.dueNs(newest)).isLessThanOrEqualTo(System.nanoTime());
    }
}
