package phasebench.relay.socket;

/// How packets reach the kernel, each with fewer calls than the one before.
public enum SendKind {
    SINGLE(0),
    BATCH(1),
    GSO(2);

    private final int code;

    SendKind(int code) {
        this.code = code;
    }

    /// As /metrics tells it.
    public int code() {
        return code;
    }
}
