package phasebench.relay.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;

class BatchSenderTest {
    private static final int EPERM = 1;

    private final RelayMetrics metrics = new RelayMetrics();
    private WebrtcSocket socket;
    private DatagramSocket peer;
    private Destination to;

    @BeforeEach
    void open() throws IOException {
        var loopback = InetAddress.ofLiteral("127.0.0.1");
        socket = WebrtcSocket.bind(new InetSocketAddress(loopback, 0), metrics);
        peer = new DatagramSocket(0, loopback);
        peer.setSoTimeout(5000);
        to = Destination.of(new InetSocketAddress(loopback, peer.getLocalPort()));
    }

    @AfterEach
    void close() throws IOException {
        peer.close();
        socket.close();
    }

    @Test
    void theKernelTakesAUnitInOneCallFromTheSamePort() throws IOException {
        var sender =
                PacketSenders.batch(socket, BufferPool.allocating(), metrics).forViewer();
        for (int i = 0; i < 10; i++) {
            send(sender, i, 100 + i);
        }
        sender.endOfUnit();
        sender.flush();
        for (int i = 0; i < 10; i++) {
            var received = new DatagramPacket(new byte[2000], 2000);
            peer.receive(received);
            assertThat(received.getPort()).isEqualTo(socket.address().getPort());
            assertThat(received.getLength()).isEqualTo(100 + i);
            assertThat(received.getData()[0]).isEqualTo((byte) i);
        }
        assertThat(metrics.value(RelayCounter.SEND_CALLS)).isEqualTo(1);
        assertThat(metrics.value(RelayCounter.SEND_DATAGRAMS)).isEqualTo(10);
        assertThat(metrics.value(RelayCounter.RTP_BYTES_OUT)).isEqualTo(1045);
        assertThat(metrics.value(RelayCounter.SEND_FALLBACKS)).isZero();
    }

    @Test
    void moreThanASlabHoldsGoesInSeveralCalls() {
        var calls = new ArrayList<Integer>();
        var sender = sender((slab, first) -> {
            calls.add(slab.count() - first);
            return slab.count() - first;
        });
        send(sender, 150);
        assertThat(calls).containsExactly(64, 64, 22);
        assertThat(metrics.value(RelayCounter.RTP_PACKETS_OUT)).isEqualTo(150);
    }

    @Test
    void whatAPartialCallLeftIsSentByTheNextOne() {
        var firsts = new ArrayList<Integer>();
        var results = results(3, -LinuxSockets.EAGAIN, 2, 5);
        send(
                sender((_, first) -> {
                    firsts.add(first);
                    return results.pop();
                }),
                10);
        assertThat(firsts).containsExactly(0, 3, 3, 5);
        assertThat(metrics.value(RelayCounter.RTP_PACKETS_OUT)).isEqualTo(10);
        assertThat(metrics.value(RelayCounter.SEND_PARTIAL)).isEqualTo(2);
        assertThat(metrics.value(RelayCounter.SEND_BUSY)).isEqualTo(1);
    }

    @Test
    void aRefusedDatagramIsSkippedAndCounted() {
        var results = results(2, -EPERM, 7);
        send(sender((_, _) -> results.pop()), 10);
        assertThat(metrics.value(RelayCounter.RTP_PACKETS_OUT)).isEqualTo(9);
        assertThat(metrics.value(RelayCounter.DROP_SEND_ERROR)).isEqualTo(1);
    }

    @Test
    void aSocketThatStaysFullCostsTheRestOfTheUnit() {
        send(sender((_, first) -> first == 0 ? 4 : -LinuxSockets.EAGAIN), 10);
        assertThat(metrics.value(RelayCounter.RTP_PACKETS_OUT)).isEqualTo(4);
        assertThat(metrics.value(RelayCounter.DROP_SOCKET_BUSY)).isEqualTo(6);
    }

    private BatchSender sender(BatchSender.Call call) {
        return new BatchSender(socket, call, new SlabPool(), BufferPool.allocating(), metrics);
    }

    private void send(PacketSender sender, int packetCount) {
        for (int i = 0; i < packetCount; i++) {
            send(sender, i, 1200);
        }
        sender.endOfUnit();
        sender.flush();
    }

    private static Deque<Integer> results(Integer... results) {
        return new ArrayDeque<>(List.of(results));
    }

    private void send(PacketSender sender, int index, int length) {
        var packet = sender.next(length);
        packet.segment().set(ValueLayout.JAVA_BYTE, 0, (byte) index);
        sender.packet(packet, length, to);
    }
}
