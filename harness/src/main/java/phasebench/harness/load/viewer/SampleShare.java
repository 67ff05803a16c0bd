package phasebench.harness.load.viewer;

/// A seeded choice of packets: the same seed chooses the same ones.
///
/// @param seed of this viewer
/// @param threshold of 2^32; -1 chooses none
record SampleShare(long seed, long threshold) {
    static final SampleShare NONE = new SampleShare(0, -1);

    /// @param share 0-1 of all packets
    static SampleShare of(long seed, double share) {
        return share <= 0 ? NONE : new SampleShare(seed, (long) (share * 0x1p32));
    }

    boolean contains(int index) {
        if (threshold < 0) {
            return false;
        }
        // finalizer of SplitMix64 (Steele, Lea, Flood 2014)
        long z = seed + index * 0x9e37_79b9_7f4a_7c15L;
        z = (z ^ z >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        z = (z ^ z >>> 27) * 0x94d0_49bb_1331_11ebL;
        return (z ^ z >>> 31) >>> 32 < threshold;
    }
}
