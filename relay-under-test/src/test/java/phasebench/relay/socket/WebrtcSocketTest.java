package phasebench.relay.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;

@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WebrtcSocketTest {
    private static final long LONG_MS = 15_000;

    private final RelayMetrics metrics = new RelayMetrics();

    @Test
    void twoSocketsShareAPortAndSendEachByItsOwnDescriptor() throws IOException {
        try (var second = bind(0, PortSharing.SHARED);
                var peer = new Peer()) {
            int port = second.address().getPort();
            try (var first = bind(port, PortSharing.SHARED)) {
                assertThat(first.address()).isEqualTo(second.address());
                assertThat(first.descriptor().fd())
                        .isNotEqualTo(second.descriptor().fd());
                for (var socket : List.of(first, second)) {
                    send(socket, peer);
                }
                assertThat(peer.receiveAll(port)).containsExactlyElementsOf(peer.sent());
            }
            // had it got the descriptor of the other, that would be closed by now
            send(second, peer);
            assertThat(peer.receive(port)).hasSize(500);
            assertThat(metrics.value(RelayCounter.SEND_FALLBACKS)).isZero();
            assertThat(metrics.value(RelayCounter.RTP_PACKETS_OUT)).isEqualTo(9);
        }
    }

    @Test
    void theSocketsOfOnePortGetTheirPartsOfTheViewers() throws IOException {
        var sockets = WebrtcSocket.bindAll(new InetSocketAddress(Peer.LOOPBACK, 0), 3, metrics);
        try {
            var address = sockets.getFirst().address();
            assertThat(sockets).hasSize(3).allMatch(socket -> socket.address().equals(address));
            for (int i = 0; i < 100; i++) {
                try (var viewer = new DatagramSocket(0, Peer.LOOPBACK)) {
                    viewer.send(new DatagramPacket(new byte[1], 1, address));
                }
            }
            int received = 0;
            for (var socket : sockets) {
                socket.select(LONG_MS);
                int part = socket.drain((_, _, _) -> {});
                assertThat(part).isPositive();
                received += part;
            }
            assertThat(received).isEqualTo(100);
            // a second relay on the same port would take its part as well
            assertThatThrownBy(() -> WebrtcSocket.bindAll(address, 2, metrics)).isInstanceOf(BindException.class);
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void findingTheDescriptorLeavesNoTrace() throws IOException {
        try (var socket = bind(0, PortSharing.ALONE)) {
            int fd = socket.descriptor().fd();
            assertThat(socket.descriptor().fd()).isEqualTo(fd);
        }
    }

    @Test
    void aPortThatIsNotSharedIsTaken() throws IOException {
        try (var alone = bind(0, PortSharing.ALONE)) {
            int port = alone.address().getPort();
            assertThatThrownBy(() -> bind(port, PortSharing.ALONE)).isInstanceOf(BindException.class);
            assertThatThrownBy(() -> bind(port, PortSharing.SHARED)).isInstanceOf(BindException.class);
        }
    }

    @Test
    void anOwnerDrainsWhatIsThereAndABoundedNumberAtATime() throws IOException {
        try (var socket = bind(0, PortSharing.ALONE);
                var peer = new DatagramSocket(0, Peer.LOOPBACK)) {
            assertThat(socket.drain((_, _, _) -> {})).isZero();
            for (int i = 0; i < 300; i++) {
                peer.send(new DatagramPacket(new byte[] {(byte) i, 1}, 2, socket.address()));
            }
            socket.select(LONG_MS);
            var firstBytes = new ArrayList<Byte>();
            assertThat(socket.drain((datagram, length, from) -> {
                        assertThat(length).isEqualTo(2);
                        assertThat(from.getPort()).isEqualTo(peer.getLocalPort());
                        firstBytes.add(datagram[0]);
                    }))
                    .isEqualTo(256);
            socket.select(LONG_MS);
            assertThat(socket.drain((datagram, _, _) -> firstBytes.add(datagram[0])))
                    .isEqualTo(44);
            assertThat(firstBytes).hasSize(300);
            assertThat(firstBytes.get(299)).isEqualTo((byte) 299);
        }
    }

    @Test
    void aHandlerThatFailsCostsItsDatagramOnly() throws IOException {
        try (var socket = bind(0, PortSharing.ALONE);
                var peer = new DatagramSocket(0, Peer.LOOPBACK)) {
            for (int i = 0; i < 2; i++) {
                peer.send(new DatagramPacket(new byte[] {1}, 1, socket.address()));
            }
            socket.select(LONG_MS);
            assertThat(socket.drain((_, _, _) -> {
                        throw new IllegalArgumentException("planted");
                    }))
                    .isEqualTo(2);
            assertThat(metrics.value(RelayCounter.DROP_INTERNAL_ERROR)).isEqualTo(2);
        }
    }

    @Test
    void aWakeupEndsTheWaitAndATimeoutOfZeroDoesNotWait() throws IOException {
        try (var socket = bind(0, PortSharing.ALONE)) {
            socket.select(0);
            socket.wakeup();
            long begin = System.nanoTime();
            socket.select(LONG_MS);
            assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.MILLISECONDS.toNanos(LONG_MS / 2));
        }
    }

    @Test
    void closingEndsTheWaitOfTheOwner() throws Exception {
        var socket = bind(0, PortSharing.ALONE);
        var owner = CompletableFuture.runAsync(() -> {
            try {
                while (true) {
                    socket.select(LONG_MS);
                    socket.drain((_, _, _) -> {});
                }
            } catch (ClosedChannelException _) {
                // as promised
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        Thread.sleep(50);
        socket.close();
        owner.get(LONG_MS / 2, TimeUnit.MILLISECONDS);
        assertThat(socket.isOpen()).isFalse();
        assertThatThrownBy(() -> socket.select(0)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> socket.drain((_, _, _) -> {})).isInstanceOf(ClosedChannelException.class);
    }

    private void send(WebrtcSocket socket, Peer peer) {
        var sender = PacketSenders.gso(socket, BufferPool.allocating(), metrics).forViewer();
        peer.unit(sender, 500, 500, 100);
        sender.flush();
    }

    private WebrtcSocket bind(int port, PortSharing sharing) throws IOException {
        return WebrtcSocket.bind(new InetSocketAddress(Peer.LOOPBACK, port), sharing, metrics);
    }
}
