package phasebench.harness.load.audit;

import java.util.Arrays;
import java.util.function.LongToIntFunction;
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
    private final int[] opened = new int[SLOTS];
    private final int[] units = new int[SLOTS];
    private final LongToIntFunction unitsPublished;

    private @Nullable FrameWindow window;
    private long nextToJudge;
    private boolean isTailJudged;
    private boolean isBeforeMarked;
    private boolean isBeforeSeen;
    private boolean isNextKnown;
    private int nextSequence;
    private long framesComplete;
    private long packetsLost;

    /// Frames since the last whole one that are missing without a gap so far; what comes next decides.
    private long framesInDoubt;

    private long framesLostBeforeNumbering;
    private long framesMissingAtEnd;

    /// @param unitsPublished NAL units of a frame, without parameter sets
    FrameAudit(LongToIntFunction unitsPublished) {
        this.unitsPublished = unitsPublished;
        Arrays.fill(frames, -1);
    }

    /// Begins a window whose first frame has not come yet.
    void begin(FrameWindow begun) {
        window = begun;
        nextToJudge = begun.firstFrame();
        isTailJudged = false;
        framesComplete = 0;
        packetsLost = 0;
        framesInDoubt = 0;
        framesLostBeforeNumbering = 0;
        framesMissingAtEnd = 0;
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
            opened[slot] = 0;
            units[slot] = 0;
        }
        counts[slot]++;
        firsts[slot] = Math.min(firsts[slot], extended);
        lasts[slot] = Math.max(lasts[slot], extended);
        if (marker) {
            markers[slot] = extended;
        }
    }

    /// Takes what was found in a packet that was decrypted.
    ///
    /// @param unitCount its NAL units, without parameter sets
    void opened(long frame, int unitCount) {
        int slot = (int) frame & MASK;
        if (frames[slot] == frame) {
            opened[slot]++;
            units[slot] += unitCount;
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

    /// Frames of the window that are missing, wholly or at their end, between packets with successive sequence numbers.
    long framesLostBeforeNumbering() {
        return framesLostBeforeNumbering;
    }

    /// Frames at the end of the window that did not come whole.
    long framesMissingAtEnd() {
        return framesMissingAtEnd;
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
            framesInDoubt++;
            framesMissingAtEnd++;
            return;
        }
        int gap = isNextKnown ? firsts[slot] - nextSequence : 0;
        int missing = lasts[slot] - firsts[slot] + 1 - counts[slot];
        packetsLost += gap + missing;
        resolveDoubt(gap);
        // a gap of one behind a frame without marker is that marker; a longer one may have taken the start of this
        // frame
        boolean isStartSeen = gap == 0 || (gap == 1 && isBeforeSeen && !isBeforeMarked);
        isBeforeMarked = markers[slot] == lasts[slot];
        isBeforeSeen = true;
        nextSequence = lasts[slot] + 1;
        isNextKnown = true;
        boolean isWhole = isStartSeen && missing == 0 && isBeforeMarked;
        if (isWhole && isShort(frame)) {
            framesLostBeforeNumbering++;
            framesMissingAtEnd++;
        } else if (isWhole) {
            framesComplete++;
            framesMissingAtEnd = 0;
        } else {
            framesMissingAtEnd++;
        }
        if (isStartSeen && missing == 0 && !isBeforeMarked) {
            framesInDoubt++;
        }
    }

    /// Whether a frame lacks units though no number is missing, which shows only where all its packets were decrypted.
    private boolean isShort(long frame) {
        int slot = (int) frame & MASK;
        return opened[slot] == counts[slot] && units[slot] < unitsPublished.applyAsInt(frame);
    }

    /// Frames are missing in front of a packet: if its number follows the last one seen, they never had numbers.
    private void resolveDoubt(int gap) {
        if (gap == 0 && isNextKnown) {
            framesLostBeforeNumbering += framesInDoubt;
        }
        framesInDoubt = 0;
    }

    /// What is missing between the window's last packet and the next frame belongs to the window, unless its last frame
    /// ended in a marker.
    private void judgeTail(long endFrame) {
        isTailJudged = true;
        int slot = (int) endFrame & MASK;
        if (frames[slot] == endFrame && isNextKnown) {
            resolveDoubt(firsts[slot] - nextSequence);
        }
        if (frames[slot] == endFrame && !isBeforeMarked && isNextKnown) {
            packetsLost += Math.max(0, firsts[slot] - nextSequence);
        }
    }
}
