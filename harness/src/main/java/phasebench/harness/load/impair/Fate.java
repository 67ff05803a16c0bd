package phasebench.harness.load.impair;

/// What becomes of one packet.
///
/// @param delayNs how long it is kept back, beside what a full link adds
record Fate(boolean isLost, boolean isReordered, boolean isDuplicated, long delayNs) {}
