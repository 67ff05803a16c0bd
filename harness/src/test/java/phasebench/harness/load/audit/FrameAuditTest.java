package phasebench.harness.load.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import phasebench.harness.load.media.FrameWindow;

/// Frames of four packets: frame k has the sequence numbers 4k to 4k+3. The window is frames 10 to 19.
class FrameAuditTest {
    private static final int PACKETS = 4;

    private final FrameAudit audit = new FrameAudit(_ -> 1, true);
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

    /// Sound: each packet is a frame; the window is frames 10 to 19.
    private static FrameAudit ofSound(int sent, Set<Integer> lost, Set<Integer> lostBeforeNumbering) {
        FrameAudit sound = new FrameAudit(_ -> 1, false);
        FrameWindow window = new FrameWindow(10);
        window.endBefore(20);
        sound.begin(window);
        int sequence = 0;
        for (int frame = 0; frame < sent; frame++) {
            if (!lostBeforeNumbering.contains(frame)) {
                if (!lost.contains(frame)) {
                    sound.packet(frame, sequence, true);
                }
                sequence++;
            }
        }
        sound.end();
        return sound;
    }

    private static void assertFound(FrameAudit sound, long complete, long lost, long beforeNumbering, long atEnd) {
        assertThat(List.of(
                        sound.framesComplete(),
                        sound.packetsLost(),
                        sound.framesLostBeforeNumbering(),
                        sound.framesMissingAtEnd()))
                .containsExactly(complete, lost, beforeNumbering, atEnd);
    }

    @Test
    void aLostPacketOfSoundIsOneFrameAndSpoilsNoOther() {
        assertFound(ofSound(25, Set.of(), Set.of()), 10, 0, 0, 0);
        assertFound(ofSound(25, Set.of(9, 12, 13, 20), Set.of()), 8, 2, 0, 0);
        assertFound(ofSound(25, Set.of(10), Set.of()), 9, 1, 0, 0);
    }

    @Test
    void soundLostBeforeNumberingIsToldFromSoundLostBehind() {
        assertFound(ofSound(25, Set.of(), Set.of(12)), 9, 0, 1, 0);
        assertFound(ofSound(25, Set.of(13), Set.of(12, 14)), 7, 1, 2, 0);
    }

    @Test
    void aMissingEndOfSoundIsSeen() {
        assertFound(ofSound(25, Set.of(18, 19), Set.of()), 8, 2, 0, 2);
        assertFound(ofSound(18, Set.of(), Set.of()), 8, 0, 0, 2);
        assertFound(ofSound(25, Set.of(), Set.of(19)), 9, 0, 1, 1);
    }
}
