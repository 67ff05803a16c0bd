package phasebench.relay.srtp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a session keeps per SSRC. Searched in order: a session has two or three.
final class SsrcTable<S> {
    /// More than any peer of a media relay sends, and a bound on what one can make us keep.
    static final int CAPACITY = 128;

    private final Supplier<S> initial;
    private final List<Entry<S>> entries = new ArrayList<>(2);

    SsrcTable(Supplier<S> initial) {
        this.initial = initial;
    }

    /// The state of `ssrc`, or null if it was never added.
    @Nullable
    S find(int ssrc) {
        for (int i = 0; i < entries.size(); i++) {
            Entry<S> entry = entries.get(i);
            if (entry.ssrc == ssrc) {
                return entry.state;
            }
        }
        return null;
    }

    /// The state of `ssrc`, in its initial form if it is new.
    ///
    /// @throws IllegalStateException if the table is full
    S findOrAdd(int ssrc) {
        S state = find(ssrc);
        if (state != null) {
            return state;
        }
        if (isFull()) {
            throw new IllegalStateException("more than " + CAPACITY + " SSRCs in one session");
        }
        S added = initial.get();
        entries.add(new Entry<>(ssrc, added));
        return added;
    }

    boolean isFull() {
        return entries.size() == CAPACITY;
    }

    private record Entry<S>(int ssrc, S state) {}
}
