package phasebench.relay.mdns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/// The two sockets of one session. Both block; closing them wakes who waits on them.
///
/// @param multicast member of the group; shares its port with the other sessions and with whatever else speaks mDNS
///     here, and gets a copy of every datagram to the group
/// @param query sends questions and gets answers by unicast
record MdnsSockets(DatagramChannel multicast, DatagramChannel query) implements AutoCloseable {
    static final int COUNT = 2;

    /// RFC 6762, section 11: so that a receiver can see that nobody forwarded the datagram.
    private static final int TIME_TO_LIVE = 255;

    /// Needs neither the interface's MULTICAST flag nor a route to the group, which the loopback interface mostly
    /// lacks: Linux asks for them only where no interface is named (ip(7): IP_ADD_MEMBERSHIP, IP_MULTICAST_IF).
    ///
    /// @throws IOException if the interface is not there, or the kernel refuses a port or the group
    static MdnsSockets open(MdnsPlan plan) throws IOException {
        var joined = NetworkInterface.getByInetAddress(plan.interfaceAddress());
        if (joined == null) {
            throw new SocketException(
                    "no interface has the address " + plan.interfaceAddress().getHostAddress());
        }
        var multicast = multicast(plan, joined);
        try {
            return new MdnsSockets(multicast, query(plan, joined));
        } catch (IOException e) {
            closeQuietly(multicast, e);
            throw e;
        }
    }

    private static DatagramChannel multicast(MdnsPlan plan, NetworkInterface joined) throws IOException {
        return configured(channel -> {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            // to the group and not, as pion, to any address: the port's unicast datagrams belong to others
            channel.bind(plan.group());
            channel.join(plan.group().getAddress(), joined);
        });
    }

    private static DatagramChannel query(MdnsPlan plan, NetworkInterface joined) throws IOException {
        return configured(channel -> {
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, joined);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, TIME_TO_LIVE);
            channel.bind(new InetSocketAddress(plan.interfaceAddress(), 0));
        });
    }

    private interface Configuration {
        void apply(DatagramChannel channel) throws IOException;
    }

    /// Never leaks a channel that could not be set up.
    private static DatagramChannel configured(Configuration configuration) throws IOException {
        var channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            configuration.apply(channel);
            return channel;
        } catch (IOException | UnsupportedOperationException e) {
            closeQuietly(channel, e);
            throw e instanceof IOException io ? io : new IOException(e);
        }
    }

    private static void closeQuietly(DatagramChannel channel, @Nullable Exception why) {
        try {
            channel.close();
        } catch (IOException e) {
            if (why != null) {
                why.addSuppressed(e);
            }
        }
    }

    @Override
    public void close() {
        closeQuietly(multicast, null);
        closeQuietly(query, null);
    }
}
