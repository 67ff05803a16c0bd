package phasebench.relay.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;

/// `send: gso` with real sockets on the loopback, which cuts messages as a network device does, and with a
/// scripted kernel for what a real one refuses.
class GsoSenderTest {
    private static final int EPERM = 1;

    private final RelayMetrics metrics = new RelayMetrics();
    private WebrtcSocket socket;
    private Peer peer;
    private PacketSender sender;

    @BeforeEach
    void open() throws IOException {
        socket = WebrtcSocket.bind(new InetSocketAddress(Peer.LOOPBACK, 0), metrics);
        peer = new Peer();
        sender = PacketSenders.gso(socket, BufferPool.allocating(), metrics).forViewer();
    }

    @AfterEach
    void close() throws IOException {
        peer.close();
        socket.close();
    }

    @Test
    void aFrameOfEqualPacketsWithAShorterLastIsOneMessage() throws IOException {
        peer.unit(sender, 1200, 1200, 1200, 1200, 1200, 1200, 1200, 1200, 345);
        sender.flush();
        assertReceived();
        assertMessages(1, 9);
        assertThat(metrics.value(RelayCounter.SEND_CALLS)).isEqualTo(1);
        assertThat(metrics.value(RelayCounter.SEND_DATAGRAMS)).isEqualTo(9);
        assertThat(metrics.value(RelayCounter.RTP_PACKETS_OUT)).isEqualTo(9);
        assertThat(metrics.value(RelayCounter.RTP_BYTES_OUT)).isEqualTo(8 * 1200 + 345);
        assertThat(metrics.value(RelayCounter.SEND_FALLBACKS)).isZero();
        assertThat(metrics.value(RelayCounter.GSO_FALLBACKS)).isZero();
    }

    @Test
    void eachWayOfSendingSaysWhichItIs() {
        var buffers = BufferPool.allocating();
        assertThat(PacketSenders.single(socket, buffers, metrics).kind()).isEqualTo(SendKind.SINGLE);
        assertThat(PacketSenders.batch(socket, buffers, metrics).kind()).isEqualTo(SendKind.BATCH);
        assertThat(PacketSenders.gso(socket, buffers, metrics).kind()).isEqualTo(SendKind.GSO);
    }

    /// As on a machine whose C library or kernel is another: the descriptor of a closed socket is not found.
    @Test
    void aWayOfSendingThatDoesNotWorkHereIsLeftForASimplerOne() throws IOException {
        var closed = WebrtcSocket.bind(new InetSocketAddress(Peer.LOOPBACK, 0), metrics);
        closed.close();
        assertThat(PacketSenders.gso(closed, BufferPool.allocating(), metrics).kind())
                .isEqualTo(SendKind.SINGLE);
        assertThat(metrics.value(RelayCounter.SEND_FALLBACKS)).isEqualTo(2);
    }

    @Test
    void parameterSetsBeforeAPictureAreAMessageOfTheirOwn() throws IOException {
        peer.unit(sender, 60, 1200, 1200, 1200, 700);
        sender.flush();
        assertReceived();
        assertMessages(1, 4);
        assertThat(metrics.value(RelayCounter.SEND_CALLS)).isEqualTo(1);
    }

    @Test
    void packetsOfRisingLengthShareNothing() throws IOException {
        peer.unit(sender, 100, 200, 300, 400);
        sender.flush();
        assertReceived();
        assertMessages(0, 0);
        assertThat(metrics.value(RelayCounter.SEND_CALLS)).isEqualTo(1);
    }

    @Test
    void afterAShorterPacketAMessageIsOver() throws IOException {
        peer.unit(sender, 500, 400, 400, 300, 300, 300);
        sender.flush();
        assertReceived();
        // 500+400, 400+300, 300+300
        assertMessages(3, 6);
    }

    @Test
    void unitsOfOneViewerDoNotShareAMessage() throws IOException {
        peer.unit(sender, 300, 300);
        peer.unit(sender, 300, 300, 300);
        sender.flush();
        assertReceived();
        assertMessages(2, 5);
        assertThat(metrics.value(RelayCounter.SEND_CALLS)).isEqualTo(1);
    }

    @Test
    void manyViewersLeaveInOneCallAMessageEach() throws IOException {
        var peers = new ArrayList<>(List.of(peer));
        try {
            for (int i = 1; i < 16; i++) {
                peers.add(new Peer());
            }
            for (int frame = 0; frame < 3; frame++) {
                for (var each : peers) {
                    each.unit(sender, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 100 + frame);
                }
                sender.flush();
            }
            for (var each : peers) {
                assertThat(each.receiveAll(port())).containsExactlyElementsOf(each.sent());
            }
        } finally {
            peers.forEach(Peer::close);
        }
        // 16 viewers x 8 packets fill a slab exactly
        assertThat(metrics.value(RelayCounter.SEND_CALLS)).isEqualTo(3);
        assertMessages(48, 384);
    }

    @Test
    void threeHundredPacketsOfOneUnitKeepTheirOrderOverSlabs() throws IOException {
        var lengths = new int[300];
        Arrays.fill(lengths, 200);
        peer.unit(sender, lengths);
        sender.flush();
        assertReceived();
        // slabs of 128, 128 and 44, cut at 64 segments
        assertMessages(5, 300);
        assertThat(metrics.value(RelayCounter.SEND_CALLS)).isEqualTo(3);
    }

    @Test
    void aMessageStaysBelowTheSizeOfADatagram() throws IOException {
        var lengths = new int[60];
        Arrays.fill(lengths, 1400);
        peer.unit(sender, lengths);
        sender.flush();
        assertReceived();
        // 46 x 1400 = 64,400 bytes
        assertMessages(2, 60);
    }

    @Test
    void aPacketLargerThanASlotOvertakesNoneBeforeIt() throws IOException {
        peer.unit(sender, 1200, 1200, SendSlab.SLOT_BYTES + 1, 1200, 1200);
        sender.flush();
        assertReceived();
        assertMessages(2, 4);
    }

    @Test
    void lengthsInAnyOrderArriveAsTheyWere() throws IOException {
        var random = new Random(1);
        for (int round = 0; round < 20; round++) {
            peer.unit(sender, random.ints(10, 1, 4).map(i -> i * 100).toArray());
            sender.flush();
        }
        assertReceived();
        assertThat(metrics.value(RelayCounter.GSO_MESSAGES)).isPositive();
    }

    /// The errors by which kernels refuse UDP_SEGMENT: too long for the path, no checksums in hardware,
    /// unknown.
    @ParameterizedTest
    @ValueSource(ints = {LinuxSockets.EINVAL, LinuxSockets.EIO, LinuxSockets.EMSGSIZE, LinuxSockets.ENOPROTOOPT})
    void aKernelThatTakesNoSharedMessageGetsSingleOnesFromThenOn(int errno) throws IOException {
        var kernel = new ScriptedKernel(errno);
        kernel.refuses = _ -> true;
        var scripted = kernel.sender();
        try (var second = new Peer()) {
            peer.unit(scripted, 400, 500, 500, 300);
            second.unit(scripted, 600, 600);
            scripted.flush();
            // 500+500+300 and 600+600 are refused and cut; nothing is lost or changes its place
            assertThat(kernel.taken).containsExactly(400, 500, 500, 300, 600, 600);
            assertThat(metrics.value(RelayCounter.GSO_FALLBACKS)).isEqualTo(5);
            assertThat(metrics.value(RelayCounter.SEND_FALLBACKS)).isEqualTo(1);
            peer.unit(scripted, 700, 700, 700);
            scripted.flush();
            assertThat(kernel.taken).endsWith(600, 700, 700, 700);
        }
        assertThat(metrics.value(RelayCounter.GSO_FALLBACKS)).isEqualTo(5);
        assertThat(metrics.value(RelayCounter.SEND_FALLBACKS)).isEqualTo(1);
        assertThat(metrics.value(RelayCounter.RTP_PACKETS_OUT)).isEqualTo(9);
        assertThat(metrics.value(RelayCounter.DROP_SEND_ERROR)).isZero();
        assertMessages(0, 0);
    }

    @Test
    void aViewerOnANarrowPathGetsSingleMessagesWhileOthersShare() throws IOException {
        try (var narrow = new Peer()) {
            var kernel = new ScriptedKernel(LinuxSockets.EMSGSIZE);
            kernel.refuses = to -> to.isSameAs(narrow.destination());
            var scripted = kernel.sender();
            for (int i = 0; i < 2; i++) {
                peer.unit(scripted, 500, 500, 500);
                narrow.unit(scripted, 600, 600);
                peer.unit(scripted, 700, 700);
                scripted.flush();
            }
            assertThat(kernel.taken).containsExactly(1500, 600, 600, 1400, 1500, 600, 600, 1400);
        }
        assertThat(metrics.value(RelayCounter.SEND_FALLBACKS)).isZero();
        assertThat(metrics.value(RelayCounter.GSO_FALLBACKS)).isEqualTo(4);
        assertThat(metrics.value(RelayCounter.RTP_PACKETS_OUT)).isEqualTo(14);
        assertMessages(4, 10);
    }

    @Test
    void aMessageRefusedForAnotherReasonIsLostAsAWhole() {
        var kernel = new ScriptedKernel(EPERM);
        kernel.refuses = _ -> true;
        var scripted = kernel.sender();
        peer.unit(scripted, 400, 500, 500, 300);
        scripted.flush();
        assertThat(kernel.taken).containsExactly(400);
        assertThat(metrics.value(RelayCounter.DROP_SEND_ERROR)).isEqualTo(3);
        assertThat(metrics.value(RelayCounter.GSO_FALLBACKS)).isZero();
    }

    @Test
    void aFullSocketIsWaitedForAndCostsPacketsNotMessages() {
        var scripted = scripted((_, first) -> first == 0 ? 1 : -LinuxSockets.EAGAIN);
        peer.unit(scripted, 100, 500, 500, 500);
        peer.unit(scripted, 600, 600);
        scripted.flush();
        assertThat(metrics.value(RelayCounter.RTP_PACKETS_OUT)).isEqualTo(1);
        assertThat(metrics.value(RelayCounter.DROP_SOCKET_BUSY)).isEqualTo(5);
        assertThat(metrics.value(RelayCounter.SEND_PARTIAL)).isEqualTo(1);
        assertThat(metrics.value(RelayCounter.SEND_BUSY)).isGreaterThan(1);
    }

    private BatchSender scripted(BatchSender.Call call) {
        return new BatchSender(socket, call, new SlabPool(), GsoSwitch.on(metrics), BufferPool.allocating(), metrics);
    }

    private int port() {
        return socket.address().getPort();
    }

    private void assertReceived() throws IOException {
        assertThat(peer.receiveAll(port())).containsExactlyElementsOf(peer.sent());
        assertThat(peer.isSilent()).isTrue();
    }

    private void assertMessages(int messages, int datagrams) {
        assertThat(metrics.value(RelayCounter.GSO_MESSAGES)).isEqualTo(messages);
        assertThat(metrics.value(RelayCounter.GSO_DATAGRAMS)).isEqualTo(datagrams);
    }

    /// Takes messages up to the first that it refuses, as sendmmsg(2) does: of several packets, to some
    /// destinations.
    private final class ScriptedKernel {
        private final int errno;
        /// The bytes of each message.
        private final List<Integer> taken = new ArrayList<>();
        private Predicate<Destination> refuses = _ -> false;

        private ScriptedKernel(int errno) {
            this.errno = errno;
        }

        private BatchSender sender() {
            return scripted(this::send);
        }

        private int send(SendSlab slab, int first) {
            int message = first;
            while (message < slab.messageCount() && !isRefused(slab, message)) {
                taken.add((int) slab.packetBytes(message, 1));
                message++;
            }
            return message > first ? message - first : -errno;
        }

        private boolean isRefused(SendSlab slab, int message) {
            return slab.packetCount(message) > 1 && refuses.test(slab.destination(message));
        }
    }
}
