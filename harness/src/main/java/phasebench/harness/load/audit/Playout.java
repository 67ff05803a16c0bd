package phasebench.harness.load.audit;

import org.jspecify.annotations.Nullable;
import phasebench.harness.load.media.FrameDrive;
import phasebench.harness.load.media.FrameWindow;

/// What one viewer would see: frames are shown in order, each a fixed delay after it was due, or as soon as it and all
/// before it are whole or given up.
///
/// A frame that is not whole by its deadline begins a freeze, which lasts until the next frame is shown. A packet given
/// up spoils the frame that ends with the next marker.
final class Playout {
    private static final int WAITING_MAX = 256;

    private final FrameDrive drive;
    private final long delayNs;
    private long[] waitingFrames = {};
    private int[] waitingMarkers = {};
    private int waitingCount;
    private boolean isSpoiled;

    private @Nullable FrameWindow window;
    private long newestShown;
    private long shownNs;
    private int freezes;
    private long freezeNs;
    private long freezeNsMax;
    private long openFreezeNs;

    Playout(FrameDrive drive, long delayNs) {
        this.drive = drive;
        this.delayNs = delayNs;
    }

    void begin(FrameWindow begun) {
        window = begun;
        newestShown = begun.firstFrame() - 1;
        shownNs = Long.MIN_VALUE;
        freezes = 0;
        freezeNs = 0;
        freezeNsMax = 0;
        openFreezeNs = 0;
    }

    /// Goes on with a window that ends earlier.
    void shorten(FrameWindow shorter) {
        window = shorter;
    }

    /// Ends the window; what was never shown freezes until its end.
    void end() {
        FrameWindow ended = window;
        if (ended == null) {
            return;
        }
        long endFrame = ended.endFrame();
        if (newestShown < endFrame - 1 && endFrame <= drive.newestFrame()) {
            freeze(newestShown + 1, endFrame, drive.dueNs(endFrame) + delayNs);
        }
        window = null;
    }

    /// A frame's last packet has come.
    ///
    /// @param missing what the viewer still waits for
    void marker(long frame, int sequence, long dueNs, MissingPackets missing, long nowNs) {
        if (missing.isEmpty() && waitingCount == 0) {
            if (isSpoiled) {
                isSpoiled = false;
            } else {
                show(frame, dueNs, nowNs);
            }
            return;
        }
        if (waitingCount == WAITING_MAX) {
            waitingCount = 0; // hopeless; the freeze goes on
        }
        if (waitingFrames.length == 0) {
            waitingFrames = new long[WAITING_MAX];
            waitingMarkers = new int[WAITING_MAX];
        }
        int at = waitingCount;
        while (at > 0 && waitingMarkers[at - 1] > sequence) {
            waitingMarkers[at] = waitingMarkers[at - 1];
            waitingFrames[at] = waitingFrames[at - 1];
            at--;
        }
        waitingMarkers[at] = sequence;
        waitingFrames[at] = frame;
        waitingCount++;
        release(missing, nowNs);
    }

    /// Frames were shown, each in time, of which the playout was not told one by one.
    ///
    /// @param frame the last of them
    void shownInTime(long frame) {
        if (frame > newestShown) {
            newestShown = frame;
            shownNs = Long.MIN_VALUE;
            openFreezeNs = 0;
        }
    }

    /// A missing packet has come.
    void recovered(MissingPackets missing, long nowNs) {
        release(missing, nowNs);
    }

    /// A missing packet was given up, and all before it have come or were given up earlier.
    void givenUp(MissingPackets missing, long nowNs) {
        isSpoiled = true;
        release(missing, nowNs);
    }

    private void release(MissingPackets missing, long nowNs) {
        int released = 0;
        while (released < waitingCount && (missing.isEmpty() || waitingMarkers[released] - missing.first() < 0)) {
            if (isSpoiled) {
                isSpoiled = false;
            } else {
                show(waitingFrames[released], drive.dueNs(waitingFrames[released]), nowNs);
            }
            released++;
        }
        if (released > 0) {
            waitingCount -= released;
            System.arraycopy(waitingFrames, released, waitingFrames, 0, waitingCount);
            System.arraycopy(waitingMarkers, released, waitingMarkers, 0, waitingCount);
        }
    }

    private void show(long frame, long dueNs, long nowNs) {
        FrameWindow open = window;
        if (open == null || !open.contains(frame) || frame <= newestShown) {
            return;
        }
        long deadlineNs = dueNs + delayNs;
        long instantNs = Math.max(nowNs, deadlineNs);
        if (frame != newestShown + 1 || nowNs > deadlineNs) {
            freeze(newestShown + 1, frame, instantNs);
        } else {
            openFreezeNs = 0;
        }
        newestShown = frame;
        shownNs = instantNs;
    }

    /// @param missed the first frame that was not shown in time
    /// @param next the frame that is shown at last
    private void freeze(long missed, long next, long untilNs) {
        long known = Math.max(missed, next - FrameDrive.MEMORY_FRAMES / 2);
        long sinceNs = drive.dueNs(known) + delayNs;
        boolean isGoingOn = shownNs >= sinceNs;
        long beginNs = Math.max(sinceNs, shownNs);
        long lengthNs = untilNs - beginNs;
        if (lengthNs <= 0) {
            return;
        }
        boolean isSame = isGoingOn && openFreezeNs > 0;
        freezes += isSame ? 0 : 1;
        freezeNs += lengthNs;
        openFreezeNs = isSame ? openFreezeNs + lengthNs : lengthNs;
        freezeNsMax = Math.max(freezeNsMax, openFreezeNs);
    }

    /// Whether no frame waits and none is spoiled.
    boolean isIdle() {
        return waitingCount == 0 && !isSpoiled;
    }

    long newestShown() {
        return newestShown;
    }

    int freezes() {
        return freezes;
    }

    long freezeNs() {
        return freezeNs;
    }

    long freezeNsMax() {
        return freezeNsMax;
    }

    /// For a jump after which nothing is waited for any more.
    void forget() {
        waitingCount = 0;
        isSpoiled = true;
    }
}
