package phasebench.harness.load.audit;

/// How long a viewer waits for what is missing.
///
/// @param frameDeadlineNs from the instant that a frame is due until it must be whole: the delay of its playout
/// @param reorderNs how long a gap may be mere reordering before the viewer asks
/// @param asksMax how often the viewer asks for a packet before it gives up; 0 if it never asks and only waits
public record Patience(long frameDeadlineNs, long reorderNs, int asksMax) {
    /// A viewer that never asks. 200 ms of playout delay is what libwebrtc's jitter buffer reaches on a poor network.
    public static final Patience SILENT = new Patience(200_000_000L, 5_000_000L, 0);

    /// As often as libwebrtc asks (modules/video_coding/nack_requester.cc, kMaxNackRetries).
    public static final Patience OF_BROWSER = new Patience(200_000_000L, 5_000_000L, 10);

    public Patience {
        if (frameDeadlineNs <= 0 || reorderNs < 0 || asksMax < 0) {
            throw new IllegalArgumentException(
                    "patience of " + frameDeadlineNs + " ns, " + reorderNs + " ns, " + asksMax + " asks");
        }
    }
}
