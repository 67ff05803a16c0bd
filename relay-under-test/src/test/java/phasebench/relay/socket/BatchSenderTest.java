package phasebench.relay.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
    private Peer peer;

    @BeforeEach
    void open() throws IOException {
        socket = WebrtcSocket.bind(new InetSocketAddress(Peer.LOOPBACK, 0), metrics);
        peer = new Peer();
    }

    @AfterEach
    void close() throws IOException {
        peer.close();
        socket.close();
    }

    @Test
    void theKernelTakesAUnitInOneCallFromTheSamePort() throws IOException {
        var sender = batch();
        peer.unit(sender, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109);
        sender.flush();
        assertThat(peer.receiveAll(port())).containsExactlyElementsOf(peer.sent());
        assertThat(metrics.value(RelayCounter.SEND_CALLS)).isEqualTo(1);
        assertThat(metrics.value(RelayCounter.SEND_DATAGRAMS)).isEqualTo(10);
        assertThat(metrics.value(RelayCounter.RTP_BYTES_OUT)).isEqualTo(1045);
        assertThat(metrics.value(RelayCounter.SEND_FALLBACKS)).isZero();
        assertThat(metrics.value(RelayCounter.GSO_MESSAGES)).isZero();
    }

    @Test
    void theUnitsOfSeveralViewersLeaveInOneCall() throws IOException {
        var sender = batch();
        try (var second = new Peer();
                var third = new Peer()) {
            var peers = List.of(peer, second, third);
            for (int unit = 0; unit < 3; unit++) {
                for (var each : peers) {
                    each.unit(sender, 300, 1200, 50 + unit);
                }
                sender.flush();
            }
            for (var each : peers) {
                assertThat(each.receiveAll(port())).containsExactlyElementsOf(each.sent());
            }
        }
        assertThat(metrics.value(RelayCounter.SEND_CALLS)).isEqualTo(3);
        assertThat(metrics.value(RelayCounter.RTP_PACKETS_OUT)).isEqualTo(27);
    }

    @Test
    void aMessageFollowsItsDestinationFromFlushToFlush() throws IOException {
        var sender = batch();
        try (var second = new Peer()) {
            for (int i = 0; i < 4; i++) {
                (i % 2 == 0 ? peer : second).unit(sender, 100);
                (i % 2 == 0 ? second : peer).unit(sender, 100, 100);
                sender.flush();
            }
            assertThat(peer.receiveAll(port())).containsExactlyElementsOf(peer.sent());
            assertThat(second.receiveAll(port())).containsExactlyElementsOf(second.sent());
        }
    }

    @Test
    void aPacketLargerThanASlotOvertakesNoneBeforeIt() throws IOException {
        var sender = batch();
        peer.unit(sender, 1200, SendSlab.SLOT_BYTES + 1, SendSlab.SLOT_BYTES);
        sender.flush();
        assertThat(peer.receiveAll(port())).containsExactlyElementsOf(peer.sent());
        assertThat(metrics.value(RelayCounter.RTP_PACKETS_OUT)).isEqualTo(3);
    }

    @Test
    void aFlushWithoutPacketsIsNoCall() {
        var sender = batch();
        sender.endOfUnit();
        sender.flush();
        assertThat(metrics.value(RelayCounter.SEND_CALLS)).isZero();
    }

    @Test
    void moreThanASlabHoldsGoesInSeveralCalls() {
        var calls = new ArrayList<Integer>();
        send(
                sender((slab, first) -> {
                    calls.add(slab.messageCount() - first);
                    return slab.messageCount() - first;
                }),
                300);
        assertThat(calls).containsExactly(128, 128, 44);
        assertThat(metrics.value(RelayCounter.RTP_PACKETS_OUT)).isEqualTo(300);
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

    @Test
    void aClosedSocketTakesNothing() throws IOException {
        var sender = batch();
        socket.close();
        peer.unit(sender, 100, 100);
        sender.flush();
        assertThat(metrics.value(RelayCounter.DROP_SEND_ERROR)).isEqualTo(2);
        assertThat(metrics.value(RelayCounter.RTP_PACKETS_OUT)).isZero();
    }

    private int port() {
        return socket.address().getPort();
    }

    private PacketSender batch() {
        return PacketSenders.batch(socket, BufferPool.allocating(), metrics).forViewer();
    }

    private BatchSender sender(BatchSender.Call call) {
        return new BatchSender(socket, call, new SlabPool(), GsoSwitch.off(metrics), BufferPool.allocating(), metrics);
    }

    private void send(PacketSender sender, int packetCount) {
        for (int i = 0; i < packetCount; i++) {
            peer.packet(sender, 1200);
        }
        sender.endOfUnit();
        sender.flush();
    }

    private static Deque<Integer> results(Integer... results) {
        return new ArrayDeque<>(List.of(results));
    }
}
