package phasebench.harness.load.audit;

import java.util.Arrays;
import java.util.function.LongToIntFunction;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.media.FrameWindow;

/// The frames that one viewer got, judged in a window of the frame grid.
///
/// A frame is complete when its packets run without a gap from the end of the frame before it to its marker.
/// Where there are no markers each packet is a frame. Frames are judged late: at the end of the window, or when
/// [#SLOTS] newer ones have come.
final class FrameAudit {
    /// How many frames are kept for packets that come out of order.
    static final int SLOTS = 256;

    private static final int MASK = SLOTS - 1;

    /// In the first word of a slot: the frame above, then how many packets came of it, below whether the last one bore
    /// the marker.
    private static final int FRAME_SHIFT = 24;

    private static final int COUNT_MASK = (1 << FRAME_SHIFT) - 2;

    private static final long[] NONE = {};

    private final LongToIntFunction unitsPublished;
    private final boolean hasMarkers;

    /// Two words for each frame, so that a packet touches one cache line: a thousand audits do not fit
    /// into a cache. The second word holds the first and the last sequence number.
    private final long[] slots = new long[2 * SLOTS];

    /// For each frame how many of its packets were decrypted, and in the lower half their NAL units; empty until
    /// a packet is.
    private long[] openings = NONE;

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

    /// @param unitsPublished units of a frame, without parameter sets
    /// @param hasMarkers whether frames end with a marker; else each packet is a frame, and its end
    FrameAudit(LongToIntFunction unitsPublished, boolean hasMarkers) {
        this.unitsPublished = unitsPublished;
        this.hasMarkers = hasMarkers;
        Arrays.fill(slots, -1L << FRAME_SHIFT);
    }

    /// Reads a little of what the next packet will need; the result means nothing.
    ///
    /// @param frame the newest
    long approach(long frame) {
        return slots[slot(frame)] + slots[slot(frame + 1)] + nextToJudge;
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
        int slot = slot(frame);
        if (frame(slot) != frame) {
            if (frame(slot) > frame) {
                return; // older than all that is kept
            }
            slots[slot] = (frame << FRAME_SHIFT) | 2 | (marker ? 1 : 0);
            slots[slot + 1] = span(extended, extended);
            if (openings.length > 0) {
                openings[(int) frame & MASK] = 0;
            }
            return;
        }
        long word = slots[slot] + 2;
        int first = first(slot);
        int last = last(slot);
        if (extended > last || marker) {
            word = (word & ~1L) | (marker && extended > last ? 1 : 0);
        }
        slots[slot] = word;
        slots[slot + 1] = span(Math.min(first, extended), Math.max(last, extended));
    }

    private static int slot(long frame) {
        return 2 * ((int) frame & MASK);
    }

    private static long span(int first, int last) {
        return ((long) first << 32) | (last & 0xffff_ffffL);
    }

    private long frame(int slot) {
        return slots[slot] >> FRAME_SHIFT;
    }

    private int count(int slot) {
        return ((int) slots[slot] & COUNT_MASK) >> 1;
    }

    private boolean isMarked(int slot) {
        return (slots[slot] & 1) != 0;
    }

    private int first(int slot) {
        return (int) (slots[slot + 1] >> 32);
    }

    private int last(int slot) {
        return (int) slots[slot + 1];
    }

    /// Takes what was found in a packet that was decrypted.
    ///
    /// @param unitCount its NAL units, without parameter sets
    void opened(long frame, int unitCount) {
        if (frame(slot(frame)) == frame) {
            if (openings.length == 0) {
                openings = new long[SLOTS];
            }
            openings[(int) frame & MASK] += (1L << 32) + unitCount;
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
        int slot = slot(before);
        int firstSlot = slot(first);
        isBeforeSeen = before >= 0 && frame(slot) == before;
        isBeforeMarked = isBeforeSeen && isMarked(slot);
        isNextKnown = isBeforeSeen;
        nextSequence = last(slot) + 1;
        if (isBeforeSeen && !isBeforeMarked && frame(firstSlot) == first && first(firstSlot) > nextSequence) {
            nextSequence++; // the missing marker was lost before the window
        }
    }

    private void judge(long frame) {
        int slot = slot(frame);
        if (frame(slot) != frame) {
            isBeforeSeen = false;
            isBeforeMarked = false;
            framesInDoubt++;
            framesMissingAtEnd++;
            return;
        }
        int gap = isNextKnown ? first(slot) - nextSequence : 0;
        int missing = last(slot) - first(slot) + 1 - count(slot);
        packetsLost += gap + missing;
        resolveDoubt(gap);
        // a gap of one behind a frame without marker is that marker; a longer one may have taken the start of this
        // frame
        boolean isStartSeen = !hasMarkers || gap == 0 || (gap == 1 && isBeforeSeen && !isBeforeMarked);
        isBeforeMarked = isMarked(slot);
        isBeforeSeen = true;
        nextSequence = last(slot) + 1;
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
        if (openings.length == 0) {
            return false;
        }
        long opened = openings[(int) frame & MASK];
        return (int) (opened >> 32) == count(slot(frame)) && (int) opened < unitsPublished.applyAsInt(frame);
    }

    /// Frames are missing in front of a packet: if its number follows the last one seen, they never had numbers. If it
    /// does not, any frame may have had those that are missing, unless each frame has one.
    private void resolveDoubt(int gap) {
        if (isNextKnown && (gap == 0 || !hasMarkers)) {
            framesLostBeforeNumbering += Math.max(0, framesInDoubt - gap);
        }
        framesInDoubt = 0;
    }

    /// What is missing between the window's last packet and the next frame belongs to the window, unless its last frame
    /// ended in a marker.
    private void judgeTail(long endFrame) {
        isTailJudged = true;
        int slot = slot(endFrame);
        if (frame(slot) == endFrame && isNextKnown) {
            int gap = first(slot) - nextSequence;
            resolveDoubt(gap);
            packetsLost += isBeforeMarked ? 0 : Math.max(0, gap);
        }
    }
}
