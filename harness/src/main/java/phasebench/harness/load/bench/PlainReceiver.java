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
final class PlainReceiver implements BenchReceiver {
    private static final int RECEIVE_BUFFER_BYTES = 1 << 20;

    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(DatagramSink.DATAGRAM_BYTES_MAX);

    PlainReceiver() throws IOException {}

    @Override
    public String name() {
        return "DatagramChannel.receive, a socket per viewer, no audit";
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
        int[] packets = {0};
        selector.selectNow(key -> {
            try {
                for (buffer.clear(); ((DatagramChannel) key.channel()).receive(buffer) != null; buffer.clear()) {
                    packets[0]++;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return packets[0];
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
