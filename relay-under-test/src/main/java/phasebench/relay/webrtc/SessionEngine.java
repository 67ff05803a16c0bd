package phasebench.relay.webrtc;

import java.net.InetSocketAddress;
import phasebench.relay.metrics.ThreadStarter;

/// How the work of all sessions gets done: the `threads` setting.
public interface SessionEngine extends AutoCloseable {
    /// Where viewers send to.
    InetSocketAddress address();

    /// UDP sockets that it has open.
    int socketCount();

    /// Starts the threads of what blocks.
    ThreadStarter threads();

    /// Begins to receive datagrams.
    void start(SessionTable sessions);

    /// Does the work of a new session until it ends.
    SessionWork open(WebrtcSession session);

    /// Stops to receive. Sessions have ended before.
    @Override
    void close();
}
