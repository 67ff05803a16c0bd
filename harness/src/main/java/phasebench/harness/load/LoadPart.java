package phasebench.harness.load;

/// What one of several generators carries: the first publishes, and the viewers are dealt out to all of them.
///
/// A viewer keeps its index, and with it its stream, its part in the seeded choices and its time to join, whoever
/// carries it.
///
/// @param index of the generator, from 0 on
/// @param of how many generators there are
record LoadPart(int index, int of) {
    /// One generator that carries everything.
    static final LoadPart WHOLE = new LoadPart(0, 1);

    LoadPart {
        if (of < 1 || index < 0 || index >= of) {
            throw new IllegalArgumentException("no part of a load: " + index + " of " + of);
        }
    }

    /// Whether this generator publishes the streams.
    boolean isPublishing() {
        return index == 0;
    }

    /// Whether this generator carries a viewer. Neighbours on one stream go to generators in turn, so that each
    /// carries all streams, and a crowd that grows grows in all of them.
    ///
    /// @param places viewers of the scenario: who follows on a place is carried where the one before was
    boolean carries(int viewer, int places, int streams) {
        return viewer % Math.max(1, places) / streams % of == index;
    }
}
