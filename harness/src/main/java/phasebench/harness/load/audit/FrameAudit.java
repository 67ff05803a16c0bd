package phasebench.harness.load.audit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.media.FrameWindow;

/// The frames that one viewer got, judged in a window of the frame grid.
///
/// A frame is complete when its packets run without a gap from the end of the frame before it to its marker.
/// Frames are judged late: at the end of the window, or when [#SLOTS] newer ones have come.
final class FrameAudit {
    /// How many frames are kept for packets that come out of order.
    static final int SLOTS = 256;

    private static final int MASK = SLOTS - 1;
    private static final int NO_MARKER = -1;

    private final long[] frames = new long[SLOTS];
    private final int[] firsts = new int[SLOTS];
    private final int[] lasts = new int[SLOTS];
    private final int[] markers = new int[SLOTS];
    private final int[] counts = new int[SLOTS];

    private @Nullable FrameWindow window;
    private long nextToJudge;
    private boolean isTailJudged;
    private boolean isBeforeMarked;
    private boolean isBeforeSeen;
    private boolean isNextKnown;
    private int nextSequence;
    private long framesComplete;
    private long packetsLost;

    FrameAudit() {
        Arrays.fill(frames, -1);
    }

    /// Begins a window whose first frame has not come yet.
    void begin(FrameWindow begun) {
        window = begun;
        nextToJudge = begun.firstFrame();
        isTailJudged = false;
        framesComplete = 0;
        packetsLost = 0;
    }

    /// Goes on with a window that ends earlier.
    void shorten(FrameWindow shorter) {
        window = shorter;
    }

    /// Takes a packet that did not come before.
    ///
    /// @param extended extended sequence number
    void packet(long frame, int extended, boolean marker) {
        judgeUpTo(frame - SLOTS + 2);
        int slot = (int) frame & MASK;
        if (frames[slot] != frame) {
            if (frames[slot] > frame) {
                return; // older than all that is kept
            }
            frames[slot] = frame;
            firsts[slot] = extended;
            lasts[slot] = extended;
            markers[slot] = NO_MARKER;
            counts[slot] = 0;
        }
        counts[slot]++;
        firsts[slot] = Math.min(firsts[slot], extended);
        lasts[slot] = Math.max(lasts[slot], extended);
        if (marker) {
            markers[slot] = extended;
        }
    }

    /// Ends the window: judges what is left of it.
    void end() {
        if (window != null) {
            judgeUpTo(window.endFrame() + 1);
            window = null;
        }
    }

    /// Frames of the window that came whole.
    long framesComplete() {
        return framesComplete;
    }

    /// Sequence numbers that are missing among the window's frames.
    long packetsLost() {
        return packetsLost;
    }

    private void judgeUpTo(long end) {
        FrameWindow judged = window;
        if (judged == null) {
            return;
        }
        long endFrame = judged.endFrame();
        while (nextToJudge < Math.min(end, endFrame)) {
            if (nextToJudge == judged.firstFrame()) {
                startAfter(nextToJudge - 1, nextToJudge);
            }
            judge(nextToJudge++);
        }
        if (nextToJudge == endFrame && end > endFrame && !isTailJudged) {
            judgeTail(endFrame);
        }
    }

    /// Finds where the window's first packet belongs: behind the last frame before the window.
    private void startAfter(long before, long first) {
        int slot = (int) before & MASK;
        int firstSlot = (int) first & MASK;
        isBeforeSeen = before >= 0 && frames[slot] == before;
        isBeforeMarked = isBeforeSeen && markers[slot] == lasts[slot];
        isNextKnown = isBeforeSeen;
        nextSequence = lasts[slot] + 1;
        if (isBeforeSeen && !isBeforeMarked && frames[firstSlot] == first && firsts[firstSlot] > nextSequence) {
            nextSequence++; // the missing marker was lost before the window
        }
    }

    private void judge(long frame) {
        int slot = (int) frame & MASK;
        if (frames[slot] != frame) {
            isBeforeSeen = false;
            isBeforeMarked = false;
            return;
        }
        int gap = isNextKnown ? firsts[slot] - nextSequence : 0;
        int missing = lasts[slot] - firsts[slot] + 1 - counts[slot];
        packetsLost += gap + missing;
        // a gap of one behind a frame without marker is that marker; a longer one may have taken the start of this
        // frame
        boolean isStartSeen = gap == 0 || (gap == 1 && isBeforeSeen && !isBeforeMarked);
        isBeforeMarked = markers[slot] == lasts[slot];
        isBeforeSeen = true;
        nextSequence = lasts[slot] + 1;
        isNextKnown = true;
        if (isStartSeen && missing == 0 && isBeforeMarked) {
            framesComplete++;
        }
    }

    /// What is missing between the window's last packet and the next frame belongs to the window, unless its last frame
    /// ended in a marker.
    private void judgeTail(long endFrame) {
        isTailJudged = true;
        int slot = (int) endFrame & MASK;
        if (frames[slot] == endFrame && !isBeforeMarked && isNextKnown) {
            packetsLost += Math.max(0, firsts[slot] - nextSequence);
        }
    }
}
