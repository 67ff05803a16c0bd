package phasebench.harness.load.receive;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/// A viewer with a socket of its own, connected to the relay.
final class ChannelPath implements ViewerPath {
    /// What is asked for; the kernel gives at most net.core.rmem_max.
    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

    /// Datagrams taken from one socket before the next has its turn.
    private static final int DATAGRAMS_PER_TURN_MAX = 512;

    private final DatagramChannel channel;
    private final InetSocketAddress relay;
    private final int localPort;
    private volatile @Nullable DatagramSink sink;

    private ChannelPath(DatagramChannel channel, InetSocketAddress relay, int localPort) {
        this.channel = channel;
        this.relay = relay;
        this.localPort = localPort;
    }

    static ChannelPath open(InetSocketAddress relay) throws IOException {
        boolean isIpv4 = relay.getAddress() instanceof Inet4Address;
        DatagramChannel channel =
                DatagramChannel.open(isIpv4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            channel.configureBlocking(false);
            channel.connect(relay);
            return new ChannelPath(channel, relay, ((InetSocketAddress) channel.getLocalAddress()).getPort());
        } catch (IOException e) {
            channel.close();
            throw new IOException("cannot open a UDP socket towards " + relay + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void deliverTo(DatagramSink taking) {
        sink = taking;
    }

    @Override
    public void send(byte[] bytes, int length) throws IOException {
        channel.write(ByteBuffer.wrap(bytes, 0, length));
    }

    @Override
    public void headersSuffice() {
        // a read into a direct buffer copies the whole datagram either way
    }

    @Override
    public int localPort() {
        return localPort;
    }

    @Override
    public boolean hasOwnSocket() {
        return true;
    }

    /// Takes all datagrams that wait in the socket.
    ///
    /// @param memory the memory of `buffer`
    /// @return how many were media
    int drain(ByteBuffer buffer, MemorySegment memory) {
        DatagramSink taking = sink;
        if (taking == null) {
            return 0;
        }
        int mediaCount = 0;
        try {
            for (int i = 0; i < DATAGRAMS_PER_TURN_MAX; i++) {
                buffer.clear();
                int length = channel.read(buffer);
                if (length <= 0) {
                    break;
                }
                mediaCount += taking.datagram(memory, 0, length, System.nanoTime()) ? 1 : 0;
            }
        } catch (PortUnreachableException _) {
            taking.failed("relay's UDP port " + relay + " is closed");
        } catch (ClosedChannelException _) {
            // the viewer has left
        } catch (IOException e) {
            taking.failed("socket failed: " + e.getMessage());
        }
        return mediaCount;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        sink = null;
        try {
            channel.close();
        } catch (IOException _) {
            // nothing is left to be done with it
        }
    }
}
