package phasebench.relay.srtp;

import java.util.Arrays;

/// Which of the last 1024 indices of one SSRC have arrived (RFC 3711, section 3.3.2, asks for at least
/// 64).
///
/// Wide enough for retransmissions of packets up to about a second old.
final class ReplayWindow {
    static final int SIZE = 1024;

    private final long[] seen = new long[SIZE / Long.SIZE];
    private long highest = -1;

    /// The newest index accepted, or -1.
    long highest() {
        return highest;
    }

    /// Whether `index` is new and not too old to tell.
    boolean accepts(long index) {
        if (index > highest) {
            return true;
        }
        return index >= 0 && highest - index < SIZE && (seen[word(index)] & bit(index)) == 0;
    }

    /// Marks an index that `accepts` and whose packet is authentic.
    void add(long index) {
        if (index - highest >= SIZE) {
            Arrays.fill(seen, 0);
        } else {
            for (long skipped = highest + 1; skipped < index; skipped++) {
                seen[word(skipped)] &= ~bit(skipped);
            }
        }
        highest = Math.max(highest, index);
        seen[word(index)] |= bit(index);
    }

    private static int word(long index) {
        return (int) (index & (SIZE - 1)) >>> 6;
    }

    private static long bit(long index) {
        return 1L << (index & (Long.SIZE - 1));
    }
}
