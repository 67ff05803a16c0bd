package phasebench.relay.stream;

/// Takes what a stream brings, for one viewer or for many. Called under the stream's lock: it must not block.
public interface UnitSink {
    /// Takes a unit, and retains it if it is kept.
    void unit(MediaUnit unit);

    /// No more units come.
    void end();

    /// Viewers that get them.
    int viewerCount();
}
