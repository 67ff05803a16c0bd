package phasebench.harness.load.impair;

/// A packet on its way.
final class Passing {
    private final PacketKind kind;
    private final boolean isCounted;
    private final byte[] bytes;

    /// @param isCounted whether it belongs to the window
    /// @param bytes not changed from now on
    Passing(PacketKind kind, boolean isCounted, byte[] bytes) {
        this.kind = kind;
        this.isCounted = isCounted;
        this.bytes = bytes;
    }

    PacketKind kind() {
        return kind;
    }

    boolean isCounted() {
        return isCounted;
    }

    byte[] bytes() {
        return bytes;
    }
}
