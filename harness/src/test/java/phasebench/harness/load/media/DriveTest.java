package phasebench.harness.load.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DriveTest {
    private static final FrameGrid GRID = new FrameGrid(100, 0);

    @Test
    void anOpenDriveLetsNoFrameLeaveEarly() throws Exception {
        long firstDueNs = System.nanoTime() + 5_000_000;
        OpenDrive drive = new OpenDrive(GRID, firstDueNs);
        for (int frame = 0; frame < 5; frame++) {
            long dueNs = drive.awaitFrame(frame);
            assertThat(dueNs).isEqualTo(firstDueNs + frame * 10_000_000L);
            assertThat(System.nanoTime() - dueNs).isNotNegative();
            assertThat(drive.newestFrame()).isEqualTo(frame);
        }
    }

    @Test
    void aClosedDriveWaitsForAllViewers() throws Exception {
        ClosedDrive drive = new ClosedDrive(GRID, System.nanoTime(), 2);
        drive.close(3);
        drive.awaitFrame(0);
        drive.awaitFrame(1);
        CountDownLatch released = new CountDownLatch(1);
        Thread publisher = Thread.ofPlatform().start(() -> {
            try {
                drive.awaitFrame(2);
                released.countDown();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        drive.delivered(0);
        drive.delivered(0);
        assertThat(released.await(50, TimeUnit.MILLISECONDS)).isFalse();
        drive.delivered(0);
        assertThat(released.await(5, TimeUnit.SECONDS)).isTrue();
        publisher.join();
    }

    @Test
    void aFrameThatNeverArrivesHoldsUpAClosedDriveForAMomentOnly() throws Exception {
        ClosedDrive drive = new ClosedDrive(GRID, System.nanoTime(), 1);
        drive.close(1);
        drive.awaitFrame(0);
        long beginNs = System.nanoTime();
        drive.awaitFrame(1);

        assertThat(System.nanoTime() - beginNs).isGreaterThanOrEqualTo(ClosedDrive.PATIENCE_NS - 50_000_000);
    }

    @Test
    void aPausedDriveLetsNoFrameLeaveAndGoesOnWithTheSameOne() throws Exception {
        ClosedDrive drive = new ClosedDrive(GRID, System.nanoTime(), 2);
        drive.close(1);
        drive.awaitFrame(0);
        drive.pause();
        drive.delivered(0);

        long beginNs = System.nanoTime();
        assertThat(drive.awaitFrame(1)).isEqualTo(FrameDrive.NOT_YET);
        assertThat(System.nanoTime() - beginNs).isGreaterThanOrEqualTo(ClosedDrive.PAUSE_NS - 50_000_000);
        assertThat(drive.newestFrame()).isZero();

        drive.resume();
        assertThat(drive.awaitFrame(1)).isNotEqualTo(FrameDrive.NOT_YET);
        assertThat(drive.newestFrame()).isEqualTo(1);
    }
}
