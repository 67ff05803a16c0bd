package phasebench.relay.webrtc;

import java.net.InetSocketAddress;
import phasebench.relay.socket.WebrtcSocket;

/// What does a session's work: threads of its own, or the loop of a shard.
interface SessionWork {
    /// Takes a datagram of the session's viewer; the array is used again when this returns.
    void datagram(byte[] datagram, int length, InetSocketAddress from);

    /// The socket that the viewer is reached by.
    WebrtcSocket socket();

    /// The session has ended: no thread and no timer is left for it soon. From any thread.
    void stop();
}
