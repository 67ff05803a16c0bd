package phasebench.harness.load.mdns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// Hears what is said to the group on the loopback interface, and asks from a port of its own.
public final class Neighbour implements AutoCloseable {
    static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    static final InetSocketAddress GROUP = new InetSocketAddress(InetAddress.ofLiteral("224.0.0.251"), 5353);

    private final DatagramChannel ears = DatagramChannel.open(StandardProtocolFamily.INET);
    private final DatagramChannel mouth = DatagramChannel.open(StandardProtocolFamily.INET);

    /// Goes on only inside scripts/enclosure.
    public Neighbour() throws IOException {
        if (System.getenv("PHASEBENCH_ENCLOSURE") == null) {
            if (Boolean.parseBoolean(System.getenv("CI"))) {
                Assertions.fail("not inside scripts/enclosure");
            }
            Assumptions.abort("not inside scripts/enclosure");
        }
        NetworkInterface loopback = NetworkInterface.getByInetAddress(LOOPBACK);
        ears.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        ears.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        ears.bind(GROUP).configureBlocking(false);
        ears.join(GROUP.getAddress(), loopback);
        mouth.setOption(StandardSocketOptions.IP_MULTICAST_IF, loopback);
        mouth.bind(new InetSocketAddress(LOOPBACK, 0)).configureBlocking(false);
    }

    void ask(String name) throws IOException {
        mouth.send(ByteBuffer.wrap(MdnsBytes.question(name)), GROUP);
    }

    /// Messages to the group within a time.
    public List<byte[]> heard(Duration time) throws IOException, InterruptedException {
        return received(ears, time);
    }

    /// Messages to the asking port within a time.
    List<byte[]> told(Duration time) throws IOException, InterruptedException {
        return received(mouth, time);
    }

    private static List<byte[]> received(DatagramChannel channel, Duration time)
            throws IOException, InterruptedException {
        List<byte[]> messages = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.allocate(9000);
        long endNs = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < endNs) {
            while (channel.receive(buffer.clear()) != null) {
                messages.add(Arrays.copyOf(buffer.array(), buffer.position()));
            }
            Thread.sleep(2);
        }
        return messages;
    }

    @Override
    public void close() throws IOException {
        ears.close();
        mouth.close();
    }
}
