package phasebench.harness.load.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import phasebench.harness.load.media.FrameWindow;

/// Frames of four packets: frame k has the sequence numbers 4k to 4k+3. The window is frames 10 to 19.
class FrameAuditTest {
    private static final int PACKETS = 4;

    private final FrameAudit audit = new FrameAudit(_ -> 1);
    private final Set<Integer> dropped = new HashSet<>();

    private void run(int frames) {
        FrameWindow window = new FrameWindow(10);
        window.endBefore(20);
        audit.begin(window);
        for (int sequence = 0; sequence < frames * PACKETS; sequence++) {
            if (!dropped.contains(sequence)) {
                audit.packet(sequence / PACKETS, sequence, sequence % PACKETS == PACKETS - 1);
            }
        }
        audit.end();
    }

    private void drop(int... sequences) {
        for (int sequence : sequences) {
            dropped.add(sequence);
        }
    }

    private void assertFound(int complete, int lost) {
        assertThat(audit.framesComplete()).isEqualTo(complete);
        assertThat(audit.packetsLost()).isEqualTo(lost);
    }

    @Test
    void withoutLossAllFramesAreComplete() {
        run(25);
        assertFound(10, 0);
    }

    @Test
    void aLossOutsideTheWindowIsNotCounted() {
        drop(20, 37, 38, 80, 81, 84);
        run(25);
        assertFound(10, 0);
    }

    @Test
    void theMarkerBeforeTheWindowIsNotTheWindows() {
        drop(39);
        run(25);
        assertFound(10, 0);
    }

    @Test
    void aMissingFirstPacketIsTheWindows() {
        drop(40);
        run(25);
        assertFound(9, 1);
    }

    @Test
    void aMissingLastMarkerIsTheWindows() {
        drop(79);
        run(25);
        assertFound(9, 1);
    }

    @Test
    void aMissingTailIsSeenWithoutAnyLaterFrame() {
        drop(78, 79);
        run(20);
        assertFound(9, 0); // how much was lost cannot be known, but that the frame is not whole can
    }

    @Test
    void aWholeFrameMissingSpoilsTheStartOfTheNext() {
        drop(48, 49, 50, 51);
        run(25);
        assertFound(8, 4); // the gap may have taken the start of frame 13
    }

    @Test
    void severalLossesAddUp() {
        drop(41, 42, 55, 60, 79);
        run(25);
        assertFound(6, 5);
    }

    @Test
    void aLongWindowIsJudgedAsItGoes() {
        FrameWindow window = new FrameWindow(1);
        audit.begin(window);
        for (int sequence = 0; sequence < 10_000 * PACKETS; sequence++) {
            if (sequence % 1_000 != 5) {
                audit.packet(sequence / PACKETS, sequence, sequence % PACKETS == PACKETS - 1);
            }
        }
        window.endBefore(10_000);
        audit.end();
        assertFound(9_999 - 40, 40);
    }

    @Test
    void aStallOfManyFramesIsJudgedToo() {
        FrameWindow window = new FrameWindow(10);
        window.endBefore(2_000);
        audit.begin(window);
        for (int frame = 0; frame < 3_000; frame++) {
            if (frame < 500 || frame >= 1_500) {
                audit.packet(frame, frame < 500 ? frame : frame - 1_000, true);
            }
        }
        audit.end();
        assertFound(990, 0); // a thousand frames were never sent: no sequence number is missing, the frames are
    }
}
