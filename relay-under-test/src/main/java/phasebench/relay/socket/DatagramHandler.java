package phasebench.relay.socket;

import java.net.InetSocketAddress;

/// What a received datagram is given to, on the socket's reader thread.
public interface DatagramHandler {
    /// @param datagram reused for the next one
    void datagram(byte[] datagram, int length, InetSocketAddress from);
}
