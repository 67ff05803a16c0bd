package phasebench.relay.rtp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One coded picture or audio frame, free of RTP, in one or more parts that lie one behind the other in one
/// array.
///
/// Parts: for H.264 the NAL units without start codes, parameter sets in front of each IDR picture; for VP8
/// one frame without the payload descriptor; for Opus one packet.
///
/// A unit that a depacketizer hands out borrows the depacketizer's memory, for the time of that call;
/// whoever wants it for longer takes `kept`. The bytes of a kept one are shared by all viewers and never
/// written to.
public final class AccessUnit {
    private static final byte[] NO_BYTES = {};
    private static final int[] NO_BOUNDS = {0};

    private final long rtpTimestamp;
    private final byte[] bytes;

    /// Where each part begins, and where the last one ends.
    private final int[] bounds;

    private final int partCount;
    private final boolean isKeyFrame;
    private final long arrivalNs;
    private final boolean isBorrowed;

    /// @param rtpTimestamp the publisher's RTP timestamp, unsigned 32 bits
    /// @param parts at least one, of at least one byte; copied
    /// @param isKeyFrame whether a decoder can begin here; true for every audio frame
    /// @param arrivalNs when its last packet arrived (System.nanoTime)
    public AccessUnit(long rtpTimestamp, List<byte[]> parts, boolean isKeyFrame, long arrivalNs) {
        this(rtpTimestamp, join(parts), bounds(parts), parts.size(), isKeyFrame, arrivalNs, false);
    }

    private AccessUnit(
            long rtpTimestamp,
            byte[] bytes,
            int[] bounds,
            int partCount,
            boolean isKeyFrame,
            long arrivalNs,
            boolean isBorrowed) {
        this.rtpTimestamp = rtpTimestamp;
        this.bytes = bytes;
        this.bounds = bounds;
        this.partCount = partCount;
        this.isKeyFrame = isKeyFrame;
        this.arrivalNs = arrivalNs;
        this.isBorrowed = isBorrowed;
    }

    /// A unit in memory of the caller's, which will be used again.
    ///
    /// @param bounds where each part begins in `bytes`, and where the last one ends
    static AccessUnit borrowing(
            long rtpTimestamp, byte[] bytes, int[] bounds, int partCount, boolean isKeyFrame, long arrivalNs) {
        return new AccessUnit(rtpTimestamp, bytes, bounds, partCount, isKeyFrame, arrivalNs, true);
    }

    public long rtpTimestamp() {
        return rtpTimestamp;
    }

    public boolean isKeyFrame() {
        return isKeyFrame;
    }

    public long arrivalNs() {
        return arrivalNs;
    }

    /// The memory of all parts.
    byte[] bytes() {
        return bytes;
    }

    int partCount() {
        return partCount;
    }

    /// Where a part begins in `bytes`.
    int begin(int part) {
        return bounds[part];
    }

    int length(int part) {
        return bounds[part + 1] - bounds[part];
    }

    /// Of all parts.
    public int totalBytes() {
        return bounds[partCount] - bounds[0];
    }

    /// Copies of the parts.
    public List<byte[]> units() {
        List<byte[]> parts = new ArrayList<>(partCount);
        for (int i = 0; i < partCount; i++) {
            parts.add(Arrays.copyOfRange(bytes, bounds[i], bounds[i + 1]));
        }
        return parts;
    }

    /// The same unit in memory of its own.
    public AccessUnit kept() {
        if (!isBorrowed) {
            return this;
        }
        int begin = bounds[0];
        int[] ownBounds = Arrays.copyOf(bounds, partCount + 1);
        for (int i = 0; i < ownBounds.length; i++) {
            ownBounds[i] -= begin;
        }
        byte[] ownBytes = Arrays.copyOfRange(bytes, begin, bounds[partCount]);
        return new AccessUnit(rtpTimestamp, ownBytes, ownBounds, partCount, isKeyFrame, arrivalNs, false);
    }

    /// What is known of the unit, for those who have its bytes in another form.
    public AccessUnit withoutParts() {
        return new AccessUnit(rtpTimestamp, NO_BYTES, NO_BOUNDS, 0, isKeyFrame, arrivalNs, false);
    }

    private static int[] bounds(List<byte[]> parts) {
        int[] bounds = new int[parts.size() + 1];
        for (int i = 0; i < parts.size(); i++) {
            bounds[i + 1] = bounds[i] + parts.get(i).length;
        }
        return bounds;
    }

    private static byte[] join(List<byte[]> parts) {
        byte[] joined = new byte[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }
}
