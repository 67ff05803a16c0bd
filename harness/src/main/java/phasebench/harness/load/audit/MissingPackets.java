package phasebench.harness.load.audit;

import java.util.Arrays;

/// The packets that one viewer knows to be missing and has not given up, in ascending order of their extended sequence
/// numbers. Belongs to the receiving thread.
public final class MissingPackets {
    /// With more the viewer gives all up (libwebrtc's nack_requester.cc, kMaxNackPackets).
    static final int COUNT_MAX = 1000;

    static final int NOT_MISSING = -1;

    private final Patience patience;
    private int[] sequences = {};
    private long[] sinceNs = {};
    private long[] askedNs = {};
    private int[] asks = {};
    private int count;

    MissingPackets(Patience patience) {
        this.patience = patience;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    /// The lowest sequence number; there must be one.
    int first() {
        return sequences[0];
    }

    /// Adds sequence numbers above all others.
    ///
    /// @return false if there were too many; then none is missing any more
    boolean add(int from, int end, long nowNs) {
        int total = count + (end - from);
        if (end - from > COUNT_MAX || total > COUNT_MAX) {
            count = 0;
            return false;
        }
        if (total > sequences.length) {
            int room = Math.min(COUNT_MAX, Math.max(16, 2 * total));
            sequences = Arrays.copyOf(sequences, room);
            sinceNs = Arrays.copyOf(sinceNs, room);
            askedNs = Arrays.copyOf(askedNs, room);
            asks = Arrays.copyOf(asks, room);
        }
        for (int sequence = from; sequence < end; sequence++) {
            sequences[count] = sequence;
            sinceNs[count] = nowNs;
            askedNs[count] = 0;
            asks[count] = 0;
            count++;
        }
        return true;
    }

    /// How often a packet was asked for, or [#NOT_MISSING].
    int asks(int sequence) {
        int at = Arrays.binarySearch(sequences, 0, count, sequence);
        return at < 0 ? NOT_MISSING : asks[at];
    }

    /// Time since a missing packet was missed first.
    long missedForNs(int sequence, long nowNs) {
        return nowNs - sinceNs[Arrays.binarySearch(sequences, 0, count, sequence)];
    }

    /// Time since a missing packet was asked for last.
    long askedForNs(int sequence, long nowNs) {
        return nowNs - askedNs[Arrays.binarySearch(sequences, 0, count, sequence)];
    }

    void remove(int sequence) {
        int at = Arrays.binarySearch(sequences, 0, count, sequence);
        if (at >= 0) {
            removeAt(at);
        }
    }

    private void removeAt(int at) {
        int rest = count - at - 1;
        System.arraycopy(sequences, at + 1, sequences, at, rest);
        System.arraycopy(sinceNs, at + 1, sinceNs, at, rest);
        System.arraycopy(askedNs, at + 1, askedNs, at, rest);
        System.arraycopy(asks, at + 1, asks, at, rest);
        count--;
    }

    /// Removes the lowest packet that the viewer gives up by now: asked for often enough without answer, or, if
    /// the viewer does not ask, waited for as long as a frame may take.
    ///
    /// @return its sequence number, or [#NOT_MISSING]
    int giveUpNext(long nowNs, long roundTripNs) {
        for (int i = 0; i < count; i++) {
            boolean isOver = patience.asksMax() == 0
                    ? nowNs - sinceNs[i] >= patience.frameDeadlineNs()
                    : asks[i] >= patience.asksMax() && nowNs - askedNs[i] >= roundTripNs;
            if (isOver) {
                int sequence = sequences[i];
                removeAt(i);
                return sequence;
            }
        }
        return NOT_MISSING;
    }

    /// Finds the packets to be asked for by now and takes them as asked for.
    ///
    /// @param out takes their sequence numbers, ascending
    /// @return how many
    int ask(long nowNs, long roundTripNs, int[] out) {
        int asked = 0;
        for (int i = 0; i < count && asked < out.length; i++) {
            boolean isDue = asks[i] == 0
                    ? nowNs - sinceNs[i] >= patience.reorderNs()
                    : asks[i] < patience.asksMax() && nowNs - askedNs[i] >= roundTripNs;
            if (isDue && patience.asksMax() > 0) {
                asks[i]++;
                askedNs[i] = nowNs;
                out[asked++] = sequences[i];
            }
        }
        return asked;
    }
}
