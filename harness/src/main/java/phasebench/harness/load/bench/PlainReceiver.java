package phasebench.harness.load.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import phasebench.harness.load.receive.DatagramSink;

/// As one would write it with the JDK alone: a socket for each viewer, a selector that tells which have something, and
/// `DatagramChannel.receive`. It only counts.
///
/// At the load generator's tick many sockets have something whenever it looks, which is cheaper than what one would
/// write first: to block in the selector and to be woken for every few packets.
final class PlainReceiver implements BenchReceiver {
    private static final int RECEIVE_BUFFER_BYTES = 1 << 20;

    private static final long BLOCKING_MS_MAX = 2;

    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(DatagramSink.DATAGRAM_BYTES_MAX);

    private final boolean isBlocking;
    private int packets;

    /// @param isBlocking whether it blocks in the selector instead of looking at the tick
    PlainReceiver(boolean isBlocking) throws IOException {
        this.isBlocking = isBlocking;
    }

    @Override
    public String name() {
        return "DatagramChannel.receive, a socket per viewer, no audit" + (isBlocking ? ", blocking in select" : "");
    }

    @Override
    public boolean isBlocking() {
        return isBlocking;
    }

    @Override
    public void open(int viewer, InetSocketAddress sender) throws IOException {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
        channel.connect(sender);
        channel.write(ByteBuffer.wrap(new byte[1]));
    }

    @Override
    public int drain() throws IOException {
        packets = 0;
        if (isBlocking) {
            selector.select(this::take, BLOCKING_MS_MAX);
        } else {
            selector.selectNow(this::take);
        }
        return packets;
    }

    private void take(SelectionKey key) {
        try {
            for (buffer.clear(); ((DatagramChannel) key.channel()).receive(buffer) != null; buffer.clear()) {
                packets++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String complaint() {
        return "";
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
