package phasebench.relay.stream;

/// Says that a stream already has a publisher.
public final class StreamTakenException extends Exception {
    private static final long serialVersionUID = 1;

    /// @param stream path of the stream
    public StreamTakenException(String stream) {
        super("stream has a publisher already: " + stream);
    }
}
