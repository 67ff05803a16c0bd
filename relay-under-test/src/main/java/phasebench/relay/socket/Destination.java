package phasebench.relay.socket;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// Where a viewer's packets go; made once for each path, so that sending makes nothing.
///
/// @param address IPv4
/// @param ip the same address as 32 bits, the first byte uppermost
/// @param port the same port
public record Destination(InetSocketAddress address, int ip, int port) {
    public static Destination of(InetSocketAddress address) {
        byte[] ip = address.getAddress().getAddress();
        if (ip.length != Integer.BYTES) {
            throw new IllegalArgumentException("not IPv4: " + address);
        }
        return new Destination(address, ByteBuffer.wrap(ip).getInt(), address.getPort());
    }

    /// As equals, but of the two numbers alone: asked for each packet.
    boolean isSameAs(Destination other) {
        return ip == other.ip && port == other.port;
    }
}
