package phasebench.relay.webrtc;

import java.net.InetSocketAddress;

/// How the work of all sessions gets done: the `threads` setting.
public interface SessionEngine extends AutoCloseable {
    /// Where viewers send to.
    InetSocketAddress address();

    /// UDP sockets that it has open.
    int socketCount();

    /// Begins to receive datagrams.
    void start(SessionTable sessions);

    /// Does the work of a new session until it ends.
    SessionWork open(WebrtcSession session);

    /// Stops to receive. Sessions have ended before.
    @Override
    void close();
}
