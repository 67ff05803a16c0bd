package phasebench.harness.load.impair;

/// A packet on its way.
///
/// @param isCounted whether it belongs to the window
record Passing(PacketKind kind, boolean isCounted, byte[] bytes) {}
