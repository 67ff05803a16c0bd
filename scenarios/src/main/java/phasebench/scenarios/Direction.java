package phasebench.scenarios;

/// Which way a packet goes that an impairment meets.
public enum Direction {
    /// From the relay to viewers.
    MEDIA,
    /// Either way: media, and what viewers answer.
    BOTH
}
