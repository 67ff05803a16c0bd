package phasebench.harness.load.receive;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import phasebench.harness.load.receive.ReceiveEngine.Media;
import phasebench.harness.load.viewer.KernelDrops;

@Timeout(30)
@EnabledOnOs(OS.LINUX)
class SharedEngineTest {
    private static final SharedEngine.Settings ONE_SOCKET = new SharedEngine.Settings(1, 1, 1, 1 << 20, false);

    /// Keeps what it gets.
    private static final class Inbox implements DatagramSink {
        final List<byte[]> datagrams = new ArrayList<>();

        @Override
        public boolean datagram(MemorySegment memory, long at, int length, long nowNs) {
            datagrams.add(memory.asSlice(at, length).toArray(JAVA_BYTE));
            return true;
        }

        @Override
        public void failed(String reason) {
            throw new AssertionError(reason);
        }

        List<String> texts() {
            return datagrams.stream()
                    .map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
                    .toList();
        }
    }

    private static Inbox inbox(ViewerPath path) {
        Inbox inbox = new Inbox();
        path.deliverTo(inbox);
        return inbox;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// Lets a viewer say something to the relay.
    ///
    /// @return the address that the relay sees
    private static InetSocketAddress seenBy(DatagramSocket relay, ViewerPath path) throws IOException {
        path.send(bytes("hello"), 5);
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        relay.receive(packet);
        assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII))
                .isEqualTo("hello");
        return (InetSocketAddress) packet.getSocketAddress();
    }

    private static InetSocketAddress addressOf(int client, ViewerPath path) throws IOException {
        return new InetSocketAddress(InetAddress.ofLiteral("127.1.0." + (1 + client)), path.localPort());
    }

    @Test
    void viewersOfOneSocketAreSeparateClientsOfTheRelay() throws Exception {
        try (SharedEngine engine = SharedEngine.open(ONE_SOCKET);
                DatagramSocket relay = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            List<InetSocketAddress> addresses = new ArrayList<>();
            List<Inbox> inboxes = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                ViewerPath path = engine.open((InetSocketAddress) relay.getLocalSocketAddress(), Media.WHOLE);
                inboxes.add(inbox(path));
                addresses.add(seenBy(relay, path));
            }
            for (int i = 0; i < 300; i++) {
                byte[] answer = bytes("answer " + i);
                relay.send(new DatagramPacket(answer, answer.length, addresses.get(i)));
            }

            assertThat(engine.drain()).isEqualTo(300);
            assertThat(new HashSet<>(addresses)).hasSize(300);
            assertThat(addresses)
                    .allSatisfy(one -> assertThat(one.getPort())
                            .isEqualTo(addresses.getFirst().getPort()));
            assertThat(engine.localPorts())
                    .as("one socket for whole packets, one for headers")
                    .hasSize(2)
                    .contains(addresses.getFirst().getPort());
            for (int i = 0; i < 300; i++) {
                assertThat(inboxes.get(i).texts()).containsExactly("answer " + i);
            }
        }
    }

    @Test
    void whatIsNobodysIsLeftOut() throws Exception {
        try (SharedEngine engine = SharedEngine.open(ONE_SOCKET);
                TestSender relay = new TestSender();
                TestSender stranger = new TestSender()) {
            ViewerPath path = engine.open(relay.address(), Media.WHOLE);
            Inbox inbox = inbox(path);
            ViewerPath left = engine.open(relay.address(), Media.WHOLE);
            Inbox leftInbox = inbox(left);
            left.close();
            stranger.send(bytes("stranger"), addressOf(0, path));
            relay.send(bytes("to no client"), addressOf(77, path));
            relay.send(bytes("to one who left"), addressOf(1, path));
            relay.send(bytes("mine"), addressOf(0, path));

            assertThat(engine.drain()).isEqualTo(1);
            assertThat(inbox.texts()).containsExactly("mine");
            assertThat(leftInbox.texts()).isEmpty();
            assertThat(engine.strays()).isEqualTo(3);
        }
    }

    @Test
    void whereHeadersSufficeTheRestOfMediaStaysInTheKernel() throws Exception {
        byte[] rtp = new byte[1200];
        rtp[0] = (byte) 0x80;
        rtp[1] = 103;
        rtp[1199] = 9;
        byte[] longAlert = new byte[1200];
        longAlert[0] = 21;
        List<Integer> lengths = new ArrayList<>();
        List<Integer> lastBytes = new ArrayList<>();
        DatagramSink sink = new DatagramSink() {
            @Override
            public boolean datagram(MemorySegment memory, long at, int length, long nowNs) {
                lengths.add(length);
                lastBytes.add((int) (at + 1200 <= memory.byteSize() ? memory.get(JAVA_BYTE, at + 1199) : -1));
                return DatagramSink.isMedia(memory, at, length);
            }

            @Override
            public void failed(String reason) {
                throw new AssertionError(reason);
            }
        };
        try (SharedEngine engine = SharedEngine.open(ONE_SOCKET);
                TestSender relay = new TestSender()) {
            ViewerPath first = engine.open(relay.address(), Media.HEADERS);
            ViewerPath second = engine.open(relay.address(), Media.HEADERS);
            first.deliverTo(sink);
            second.deliverTo(sink);
            first.headersSuffice();
            relay.send(rtp, addressOf(0, first));
            assertThat(engine.drain()).isEqualTo(1);
            assertThat(lastBytes).as("the other viewer still wants all").containsExactly(9);

            second.headersSuffice();
            second.headersSuffice();
            relay.send(rtp, addressOf(1, second));
            relay.send(longAlert, addressOf(1, second));
            assertThat(engine.drain()).isEqualTo(1);
            assertThat(lengths).containsExactly(1200, 1200, DatagramSink.HEADER_BYTES);
            assertThat(lastBytes.get(1)).isNotEqualTo(9);

            ViewerPath third = engine.open(relay.address(), Media.HEADERS);
            third.deliverTo(sink);
            relay.send(rtp, addressOf(0, first));
            engine.drain();
            third.close();
            relay.send(rtp, addressOf(0, first));
            engine.drain();
            assertThat(lastBytes.get(3)).as("while another viewer joins").isEqualTo(9);
            assertThat(lastBytes.get(4)).as("when it has left").isNotEqualTo(9);
        }
    }

    @Test
    void moreThanACallTakesIsTakenInOneTurn() throws Exception {
        try (SharedEngine engine = SharedEngine.open(ONE_SOCKET);
                TestSender relay = new TestSender()) {
            ViewerPath path = engine.open(relay.address(), Media.WHOLE);
            Inbox inbox = inbox(path);
            for (int i = 0; i < 200; i++) {
                relay.send(bytes("datagram " + i), addressOf(0, path));
            }

            assertThat(engine.drain()).isEqualTo(200);
            assertThat(engine.drain()).isZero();
            assertThat(inbox.texts().getLast()).isEqualTo("datagram 199");
        }
    }

    @Test
    void datagramsSentAsOneAreToldApart() throws Exception {
        for (boolean isGro : new boolean[] {true, false}) {
            SharedEngine.Settings settings = isGro ? ONE_SOCKET.withGro() : ONE_SOCKET;
            try (SharedEngine engine = SharedEngine.open(settings);
                    TestSender relay = new TestSender()) {
                ViewerPath path = engine.open(relay.address(), Media.WHOLE);
                Inbox inbox = inbox(path);
                relay.send(bytes("alone"), addressOf(0, path));
                relay.segment(1000);
                byte[] frame = new byte[7_300];
                for (int i = 0; i < frame.length; i++) {
                    frame[i] = (byte) (i / 1000);
                }
                relay.send(frame, addressOf(0, path));

                assertThat(engine.drain()).isEqualTo(9);
                assertThat(inbox.texts().getFirst()).isEqualTo("alone");
                for (int i = 0; i < 8; i++) {
                    assertThat(inbox.datagrams.get(1 + i))
                            .hasSize(i < 7 ? 1000 : 300)
                            .containsOnly(i);
                }
            }
        }
    }

    @Test
    void whatAFullSocketDropsIsCounted() throws Exception {
        try (SharedEngine engine = SharedEngine.open(new SharedEngine.Settings(1, 1, 1, 8_192, false));
                TestSender relay = new TestSender()) {
            ViewerPath path = engine.open(relay.address(), Media.WHOLE);
            Inbox inbox = inbox(path);
            for (int i = 0; i < 100; i++) {
                relay.send(new byte[1200], addressOf(0, path));
            }
            engine.drain();
            int heldCount = inbox.datagrams.size();

            assertThat(heldCount).isBetween(1, 99);
            assertThat(engine.overflowDatagrams()).isEqualTo(100 - heldCount);
            assertThat(KernelDrops.read(engine.localPorts())).isEqualTo(100 - heldCount);
        }
    }

    @Test
    void smallBuffersAreMadeUpForByMoreSockets() throws Exception {
        try (SharedEngine engine = SharedEngine.open(new SharedEngine.Settings(2, 24, 1, 200_000, false))) {
            assertThat(engine.localPorts()).hasSize(2 * 24);
        }
        try (SharedEngine engine = SharedEngine.open(new SharedEngine.Settings(2, 64, 1, 200_000_000, false))) {
            assertThat(engine.localPorts()).hasSizeBetween(2 * 2, 2 * 64);
        }
    }

    @Test
    void theKernelCountsTheMediaOfSinksAndLetsTheRestThrough() throws Exception {
        byte[] stun = {0, 1, 0, 0};
        byte[] dtlsAlert = {21, (byte) 0xfe, (byte) 0xfd};
        byte[] dtlsHigh = {63, 0};
        byte[] senderReport = {(byte) 0x80, (byte) 200, 0, 6};
        byte[] firstRtcp = {(byte) 0x81, (byte) 192};
        byte[] lastRtcp = {(byte) 0x81, (byte) 223};
        byte[] rtp = new byte[1200];
        rtp[0] = (byte) 0x80;
        rtp[1] = 103;
        byte[] rtpWithMarker = rtp.clone();
        rtpWithMarker[1] = (byte) (0x80 | 96);
        byte[] lastRtp = {(byte) 0xbf, (byte) 191};
        try (SharedEngine engine = SharedEngine.open(ONE_SOCKET);
                TestSender relay = new TestSender()) {
            ViewerPath path = engine.open(relay.address(), Media.COUNTED);
            Inbox inbox = inbox(path);
            List<byte[]> others = List.of(stun, dtlsAlert, dtlsHigh, senderReport, firstRtcp, lastRtcp);
            for (byte[] datagram : others) {
                relay.send(datagram, addressOf(0, path));
                relay.send(rtp, addressOf(0, path));
            }
            relay.send(rtpWithMarker, addressOf(0, path));
            relay.send(lastRtp, addressOf(0, path));
            engine.drain();

            assertThat(inbox.datagrams).hasSize(others.size());
            for (int i = 0; i < others.size(); i++) {
                assertThat(inbox.datagrams.get(i)).isEqualTo(others.get(i));
            }
            assertThat(engine.packetsCounted()).isEqualTo(others.size() + 2);
            assertThat(KernelDrops.read(engine.localPorts()))
                    .as("drops where media is taken")
                    .isZero();
        }
    }

    @Test
    void onlyRelaysAtLoopbackCanBeShared() throws Exception {
        InetSocketAddress elsewhere = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 9);
        assertThat(SharedEngine.isFor(elsewhere)).isFalse();
        assertThat(SharedEngine.isFor(new InetSocketAddress(InetAddress.ofLiteral("::1"), 9)))
                .isFalse();
        assertThat(SharedEngine.isFor(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.5"), 9)))
                .isTrue();
        try (SharedEngine engine = SharedEngine.open(ONE_SOCKET)) {
            assertThatThrownBy(() -> engine.open(elsewhere, Media.WHOLE))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("192.0.2.1");
        }
    }

    @Test
    void socketsOfTheirOwnHaveNoSinks() {
        try (ChannelEngine engine = new ChannelEngine()) {
            InetSocketAddress relay = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
            assertThatThrownBy(() -> engine.open(relay, Media.COUNTED))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("need sockets with a filter");
        }
    }
}
