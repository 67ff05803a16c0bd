package phasebench.harness.load.audit;

/// The sequence numbers that one viewer got: extends them to 32 bits and tells new, late and repeated ones apart (RFC
/// 3550, appendix A.1).
final class SequenceAudit {
    /// How far back a repeated packet is recognised.
    private static final int MEMORY = 4096;

    private static final int MASK = MEMORY - 1;

    /// How a packet stands to those before it.
    enum Arrival {
        IN_ORDER,
        /// New, but a later one came before it.
        REORDERED,
        DUPLICATE
    }

    private final long[] seen = new long[MEMORY / Long.SIZE];
    private boolean isStarted;
    private int first;
    private int highest;
    private int receivedCount;
    private int expectedBefore;
    private int receivedBefore;

    /// Reads a little of what the next packet will need; the result means nothing.
    long approach() {
        return seen[(highest & MASK) >> 6];
    }

    /// The extended sequence number of a 16-bit one, nearest to the highest so far. Its upper half is the roll-over
    /// counter plus one.
    int extend(int sequence) {
        return isStarted ? highest + (short) (sequence - highest) : 0x1_0000 + sequence;
    }

    /// Takes an extended sequence number.
    Arrival accept(int extended) {
        if (!isStarted) {
            isStarted = true;
            first = extended;
            highest = extended - 1;
        }
        int ahead = extended - highest;
        if (ahead > 0) {
            if (ahead > 1) {
                forget(highest + 1, Math.min(ahead, MEMORY));
            }
            highest = extended;
            mark(extended);
            return Arrival.IN_ORDER;
        }
        if (-ahead >= MEMORY || isSeen(extended)) {
            return Arrival.DUPLICATE;
        }
        mark(extended);
        return Arrival.REORDERED;
    }

    private void forget(int from, int count) {
        for (int i = from; i < from + count; i++) {
            seen[(i & MASK) >> 6] &= ~(1L << i);
        }
    }

    private void mark(int extended) {
        seen[(extended & MASK) >> 6] |= 1L << extended;
        receivedCount++;
    }

    private boolean isSeen(int extended) {
        return (seen[(extended & MASK) >> 6] & 1L << extended) != 0;
    }

    /// Fraction lost since the last question, of 256 (RFC 3550, appendix A.3).
    int takeFractionLost() {
        int expected = expectedCount() - expectedBefore;
        int lost = expected - (receivedCount - receivedBefore);
        expectedBefore = expectedCount();
        receivedBefore = receivedCount;
        return expected <= 0 || lost <= 0 ? 0 : Math.min(255, (lost << 8) / expected);
    }

    int highest() {
        return highest;
    }

    /// Sequence numbers from the first to the highest.
    int expectedCount() {
        return isStarted ? highest - first + 1 : 0;
    }

    /// Distinct packets.
    int receivedCount() {
        return receivedCount;
    }
}
