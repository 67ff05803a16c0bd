package phasebench.harness.load.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import phasebench.harness.load.media.FrameDrive;
import phasebench.harness.load.media.FrameWindow;

/// Frames of four packets, due every 10 units, shown 20 units after they are due; the window is frames 10 to 29.
class PlayoutTest {
    private static final int PACKETS = 4;
    private static final long PERIOD = 10;
    private static final long DELAY = 20;

    private final MissingPackets missing = new MissingPackets(new Patience(DELAY, 0, 3));
    private final Playout playout = new Playout(new Grid(), DELAY);

    private static final class Grid implements FrameDrive {
        @Override
        public long awaitFrame(long frameIndex) {
            return dueNs(frameIndex);
        }

        @Override
        public long dueNs(long frameIndex) {
            return frameIndex * PERIOD;
        }

        @Override
        public long newestFrame() {
            return 1_000;
        }

        @Override
        public void delivered(long frameIndex) {}
    }

    PlayoutTest() {
        FrameWindow window = new FrameWindow(10);
        window.endBefore(30);
        playout.begin(window);
    }

    private static int markerOf(long frame) {
        return (int) frame * PACKETS + PACKETS - 1;
    }

    private void comes(long frame, long atNs) {
        playout.marker(frame, markerOf(frame), frame * PERIOD, missing, atNs);
    }

    private void comeInTime(long first, long end) {
        for (long frame = first; frame < end; frame++) {
            comes(frame, frame * PERIOD + 1);
        }
    }

    private void assertFrozen(int freezes, long freezeNs, long freezeNsMax) {
        playout.end();
        assertThat(playout.freezes()).isEqualTo(freezes);
        assertThat(playout.freezeNs()).isEqualTo(freezeNs);
        assertThat(playout.freezeNsMax()).isEqualTo(freezeNsMax);
    }

    @Test
    void framesInTimeNeverFreeze() {
        comeInTime(5, 35);
        assertFrozen(0, 0, 0);
    }

    @Test
    void aFrameWithinItsDelayIsNotLate() {
        comeInTime(5, 15);
        comes(15, 15 * PERIOD + DELAY);
        comeInTime(16, 35);
        assertFrozen(0, 0, 0);
    }

    @Test
    void aLateFrameFreezesUntilItComes() {
        comeInTime(5, 15);
        comes(15, 15 * PERIOD + DELAY + 3);
        comeInTime(16, 35);
        assertFrozen(1, 3, 3);
    }

    @Test
    void aStallIsOneFreeze() {
        comeInTime(5, 12);
        for (long frame = 12; frame < 22; frame++) {
            comes(frame, 225 + frame - 12);
        }
        comeInTime(22, 35);
        // from 12 * 10 + 20 until 225; those that come later each bring the picture forward by what they are late
        assertThat(playout.freezes()).isEqualTo(1);
        assertThat(playout.freezeNsMax()).isBetween(85L, 95L);
        assertThat(playout.freezeNs()).isEqualTo(playout.freezeNsMax());
    }

    @Test
    void aFrameThatNeverComesFreezesForItsPeriod() {
        comeInTime(5, 15);
        comeInTime(16, 35);
        assertFrozen(1, PERIOD, PERIOD);
    }

    @Test
    void aLostTailFreezesUntilTheEndOfTheWindow() {
        comeInTime(5, 28);
        assertFrozen(1, 2 * PERIOD, 2 * PERIOD);
    }

    @Test
    void framesBehindAGapWaitForIt() {
        comeInTime(5, 15);
        int lost = markerOf(15) - 1;
        missing.add(lost, lost + 1, 151);
        comeInTime(15, 19);
        missing.remove(lost);
        playout.recovered(missing, 15 * PERIOD + DELAY + 13);
        comeInTime(19, 35);
        // frame 15 is 13 late; frame 16, due 10 later, 3 of these
        assertFrozen(1, 13, 13);
    }

    @Test
    void aGapThatIsFilledInTimeIsNotSeen() {
        comeInTime(5, 15);
        int lost = markerOf(15) - 1;
        missing.add(lost, lost + 1, 151);
        comes(15, 151);
        missing.remove(lost);
        playout.recovered(missing, 160);
        comeInTime(16, 35);
        assertFrozen(0, 0, 0);
    }

    @Test
    void aPacketGivenUpSpoilsItsFrameOnly() {
        comeInTime(5, 15);
        int lost = markerOf(15) - 1;
        missing.add(lost, lost + 1, 151);
        comes(15, 151);
        comes(16, 161);
        missing.remove(lost);
        playout.givenUp(missing, 165);
        comeInTime(17, 35);
        assertFrozen(1, PERIOD, PERIOD);
    }

    @Test
    void aRecoveredMarkerEndsItsOwnFrameFirst() {
        comeInTime(5, 15);
        missing.add(markerOf(15), markerOf(15) + 1, 160);
        comes(16, 161);
        missing.remove(markerOf(15));
        playout.marker(15, markerOf(15), 15 * PERIOD, missing, 165);
        comeInTime(17, 35);
        assertFrozen(0, 0, 0);
    }
}
