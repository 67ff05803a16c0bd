package phasebench.harness.load.impair;

import org.jspecify.annotations.Nullable;
import phasebench.harness.load.audit.FrameClock;
import phasebench.harness.load.media.FrameWindow;

/// Tells which packets of one track of one viewer belong to the window: those of its frames, whenever they
/// come, like the audit does. Belongs to the proxy's thread.
final class WindowGate {
    private @Nullable FrameClock clock;
    private @Nullable FrameWindow window;
    private boolean isRestarted;
    private boolean isOpen;

    /// Begins a window whose first frame is not out yet.
    void begin(FrameClock began, FrameWindow armed) {
        clock = began;
        window = armed;
        isRestarted = false;
        isOpen = false;
    }

    /// Whether a window was begun.
    boolean isBegun() {
        return window != null;
    }

    /// Goes on with a window that ends earlier.
    void shorten(FrameWindow shorter) {
        window = shorter;
    }

    /// Takes the timestamp of a packet of media that was not sent before.
    ///
    /// @return whether scripts are to begin again with this packet
    boolean isFirst(int timestamp) {
        FrameClock telling = clock;
        FrameWindow armed = window;
        if (telling == null || armed == null) {
            return false;
        }
        long frame = telling.frameIndex(timestamp);
        isOpen = armed.contains(frame);
        if (isRestarted || frame < armed.firstFrame() - ImpairmentProxy.LEAD_FRAMES) {
            return false;
        }
        isRestarted = true;
        return true;
    }

    /// Whether a packet with this timestamp belongs to the window.
    boolean contains(int timestamp) {
        return clock != null && window != null && window.contains(clock.frameIndex(timestamp));
    }

    /// Whether the newest packet of the track belongs to the window: what has no timestamp of its own goes by
    /// that of the video.
    boolean isOpen() {
        return isOpen;
    }
}
