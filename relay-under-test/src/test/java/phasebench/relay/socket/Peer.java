package phasebench.relay.socket;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// A viewer's end: packets for it are made here, kept, and to be received unchanged and in order.
final class Peer implements AutoCloseable {
    static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final DatagramSocket socket;
    private final Destination destination;
    private final Random content = new Random(1);
    private final List<byte[]> sent = new ArrayList<>();

    Peer() throws IOException {
        socket = new DatagramSocket(0, LOOPBACK);
        content.setSeed(socket.getLocalPort());
        socket.setReceiveBufferSize(1 << 20);
        socket.setSoTimeout(5000);
        destination = Destination.of(new InetSocketAddress(LOOPBACK, socket.getLocalPort()));
    }

    Destination destination() {
        return destination;
    }

    /// Sends packets of these lengths as one access unit, without a flush.
    void unit(PacketSender sender, int... lengths) {
        for (int length : lengths) {
            packet(sender, length);
        }
        sender.endOfUnit();
    }

    void packet(PacketSender sender, int length) {
        var bytes = new byte[length];
        content.nextBytes(bytes);
        sent.add(bytes);
        var packet = sender.next(length);
        var array = packet.array();
        if (array != null) {
            System.arraycopy(bytes, 0, array, packet.offset(), length);
        } else {
            MemorySegment.copy(bytes, 0, packet.segment(), ValueLayout.JAVA_BYTE, 0, length);
        }
        sender.packet(packet, length, destination);
    }

    /// What was made for this viewer, in order.
    List<byte[]> sent() {
        return sent;
    }

    /// As many datagrams as were made for it, and the port that all of them came from.
    List<byte[]> receiveAll(int fromPort) throws IOException {
        var received = new ArrayList<byte[]>();
        while (received.size() < sent.size()) {
            received.add(receive(fromPort));
        }
        return received;
    }

    byte[] receive(int fromPort) throws IOException {
        var datagram = new DatagramPacket(new byte[4000], 4000);
        socket.receive(datagram);
        if (datagram.getPort() != fromPort) {
            throw new IOException("came from port " + datagram.getPort());
        }
        return Arrays.copyOf(datagram.getData(), datagram.getLength());
    }

    /// Whether nothing more comes within a moment.
    boolean isSilent() throws IOException {
        socket.setSoTimeout(50);
        try {
            socket.receive(new DatagramPacket(new byte[1], 1));
            return false;
        } catch (SocketTimeoutException _) {
            return true;
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
