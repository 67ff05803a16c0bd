package phasebench.relay.socket;

import org.jspecify.annotations.Nullable;

/// Which packets share a message that the kernel cuts apart (UDP_SEGMENT of udp(7)): those of one viewer and
/// one access unit that are equally long; a shorter one may be the last. Owned by its sender.
final class GsoRun {
    /// UDP_MAX_SEGMENTS of kernels before 6.9; later ones take more.
    static final int SEGMENTS_MAX = 64;

    /// A little less than an IPv4 datagram holds.
    static final int BYTES_MAX = 65_000;

    private @Nullable Destination to;
    private int segmentBytes;
    private int segmentCount;
    private int bytes;

    /// Takes the packet into the run, or begins a new one with it.
    ///
    /// @return whether it goes into the same message as the packet before
    boolean continuesWith(int length, Destination next) {
        var current = to;
        if (current != null
                && length <= segmentBytes
                && segmentCount < SEGMENTS_MAX
                && bytes + length <= BYTES_MAX
                && current.isSameAs(next)) {
            segmentCount++;
            bytes += length;
            if (length < segmentBytes) {
                end();
            }
            return true;
        }
        to = next;
        segmentBytes = length;
        segmentCount = 1;
        bytes = length;
        return false;
    }

    /// The next packet begins a new run.
    void end() {
        to = null;
    }
}
