package phasebench.relay.mdns;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/// Where multicast DNS is spoken.
///
/// @param interfaceAddress an IPv4 address of the interface that is joined
/// @param port 5353, except in tests
public record MdnsPlan(InetAddress interfaceAddress, int port) {
    /// RFC 6762, section 3.
    static final int PORT = 5353;

    private static final byte[] GROUP = {(byte) 224, 0, 0, (byte) 251};

    public MdnsPlan {
        if (!(interfaceAddress instanceof Inet4Address)) {
            throw new IllegalArgumentException("interfaceAddress must be IPv4: " + interfaceAddress);
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be 1 to 65535: " + port);
        }
    }

    /// The usual port on the interface that has this address.
    public static MdnsPlan on(InetAddress interfaceAddress) {
        return new MdnsPlan(interfaceAddress, PORT);
    }

    /// The multicast group and port.
    InetSocketAddress group() {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(GROUP), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an IPv4 address", e);
        }
    }
}
