package phasebench.relay.mdns;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;

/// Agents and the multicast group, where no datagram can leave the machine.
@Tag("enclosure")
@Timeout(30)
class MdnsIT {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration PROMPTLY = Duration.ofMillis(500);

    private final RelayMetrics metrics = new RelayMetrics();
    private final AtomicLong openSockets = new AtomicLong();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<MdnsAgent> opened = new ArrayList<>();

    enum Kind {
        VIRTUAL,
        PLATFORM
    }

    @BeforeEach
    void insideOnly() {
        if (System.getenv("PHASEBENCH_ENCLOSURE") == null) {
            if (Boolean.parseBoolean(System.getenv("CI"))) {
                Assertions.fail("not inside scripts/enclosure");
            }
            Assumptions.abort("not inside scripts/enclosure");
        }
    }

    @AfterEach
    void closeAll() {
        opened.forEach(MdnsAgent::close);
    }

    @ParameterizedTest
    @EnumSource
    void aSessionHasTwoSocketsAndAThreadForEachAndFreesThemAtOnce(Kind kind) throws Exception {
        var agent = open(MdnsPlan.on(ip(LOOPBACK)), kind, List.of());
        assertThat(openSockets).hasValue(2);
        assertThat(threads).extracting(Thread::getName).containsExactly("mdns multicast reader", "mdns query reader");
        assertThat(threads).allMatch(Thread::isAlive).allMatch(thread -> thread.isVirtual() == (kind == Kind.VIRTUAL));

        agent.close();
        agent.close();

        assertThat(openSockets).hasValue(0);
        assertAllEndPromptly();
        assertThat(metrics.value(RelayCounter.MDNS_UNAVAILABLE)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aSessionWithNamesHasAResolverTooThatEndsWithIt(Kind kind) throws Exception {
        var agent = open(MdnsPlan.on(ip(LOOPBACK)), kind, List.of("a.local"));
        assertThat(threads)
                .extracting(Thread::getName)
                .endsWith("mdns resolver")
                .hasSize(3);
        agent.close();
        assertAllEndPromptly();
    }

    /// The second interface carries the MULTICAST flag and a route; the loopback interface has neither.
    @ParameterizedTest
    @ValueSource(strings = {LOOPBACK, "10.99.0.1"})
    void everyDatagramToTheGroupReachesEverySessionOnce(String address) throws Exception {
        var plan = MdnsPlan.on(ip(address));
        for (int i = 0; i < 7; i++) {
            open(plan, Kind.VIRTUAL, List.of());
        }
        try (var talker = new Talker(plan)) {
            for (int i = 0; i < 10; i++) {
                talker.send(DnsBytes.question("nobody-" + i + ".local"), plan.group());
            }
            eventually(() -> metrics.value(RelayCounter.MDNS_IN) >= 70);
            Thread.sleep(100);
            assertThat(metrics.value(RelayCounter.MDNS_IN)).isEqualTo(70);
            assertThat(metrics.value(RelayCounter.DROP_MALFORMED_MDNS)).isZero();
        }
    }

    @Test
    void anUnresolvedNameIsAskedForEverySecondAndReachesAllSessions() throws Exception {
        var plan = MdnsPlan.on(ip(LOOPBACK));
        open(plan, Kind.VIRTUAL, List.of());
        open(plan, Kind.VIRTUAL, List.of("a.local", "b.local"));
        Thread.sleep(2500);
        assertThat(metrics.value(RelayCounter.MDNS_QUERIES_OUT)).isEqualTo(6);
        assertThat(metrics.value(RelayCounter.MDNS_IN)).isEqualTo(12);
        assertThat(metrics.value(RelayCounter.MDNS_ANSWERS)).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAnswerByUnicastOrMulticastIsKeptAndEndsTheResolver(boolean byUnicast) throws Exception {
        var plan = MdnsPlan.on(ip(LOOPBACK));
        try (var talker = new Talker(plan)) {
            var agent = open(plan, Kind.VIRTUAL, List.of("Host-1.local"));
            var asker = talker.receive();
            assertThat(asker.getPort()).isNotEqualTo(5353);
            talker.send(DnsBytes.answer("other.local", 0x7f000002), plan.group());
            talker.send(DnsBytes.answer("hOST-1.LOCAL", 0x7f000003), byUnicast ? asker : plan.group());
            eventually(() -> metrics.value(RelayCounter.MDNS_ANSWERS) == 1);
            assertThat(agent.resolved()).containsExactly(Map.entry("Host-1.local", ip("127.0.0.3")));
            assertThat(threads.getLast().join(PROMPTLY))
                    .as("the resolver ended")
                    .isTrue();
            assertThat(threads.getFirst().isAlive()).as("the reader lives on").isTrue();
            assertThat(openSockets).hasValue(2);
        }
    }

    @Test
    void aResponseFromAnotherPortIsIgnored() throws Exception {
        var plan = MdnsPlan.on(ip(LOOPBACK));
        try (var talker = new Talker(plan);
                var stranger = DatagramChannel.open(StandardProtocolFamily.INET)) {
            var agent = open(plan, Kind.VIRTUAL, List.of("a.local"));
            stranger.send(ByteBuffer.wrap(DnsBytes.answer("a.local", 1)), talker.receive());
            eventually(() -> metrics.value(RelayCounter.MDNS_IN) >= 2);
            Thread.sleep(50);
            assertThat(agent.resolved()).isEmpty();
        }
    }

    @Test
    void garbageIsCountedAndIgnored() throws Exception {
        var plan = MdnsPlan.on(ip(LOOPBACK));
        try (var talker = new Talker(plan)) {
            var agent = open(plan, Kind.VIRTUAL, List.of("a.local"));
            var asker = talker.receive();
            talker.send(new byte[0], asker);
            talker.send(new byte[9000], plan.group());
            talker.send(DnsBytes.header(0x8400, 0, 1).pointer(12).address(1).toBytes(), asker);
            talker.send(new byte[] {1, 2, 3}, plan.group());
            talker.send(DnsBytes.answer("a.local", 0x7f000001), asker);
            eventually(() -> !agent.resolved().isEmpty());
            // 9000 zeros are a message without questions
            eventually(() -> metrics.value(RelayCounter.DROP_MALFORMED_MDNS) == 3);
            assertThat(threads.subList(0, 2)).allMatch(Thread::isAlive);
        }
    }

    @Test
    void manySessionsComeAndGoWithoutATrace() throws Exception {
        var plan = MdnsPlan.on(ip(LOOPBACK));
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 100; i++) {
                open(plan, Kind.VIRTUAL, List.of());
            }
            assertThat(openSockets).hasValue(200);
            closeAll();
            opened.clear();
            assertThat(openSockets).hasValue(0);
            assertAllEndPromptly();
        }
        assertThat(metrics.value(RelayCounter.MDNS_UNAVAILABLE)).isZero();
    }

    private MdnsAgent open(MdnsPlan plan, Kind kind, List<String> names) {
        var agent = new MdnsAgents(plan, metrics, openSockets).open(names, (role, body) -> {
            var builder = kind == Kind.VIRTUAL ? Thread.ofVirtual() : Thread.ofPlatform();
            var thread = builder.name(role).start(body);
            threads.add(thread);
            return thread;
        });
        opened.add(agent);
        return agent;
    }

    private void assertAllEndPromptly() throws InterruptedException {
        for (var thread : threads) {
            assertThat(thread.join(PROMPTLY)).as(thread.getName() + " ended").isTrue();
        }
    }

    private static InetAddress ip(String literal) {
        return InetAddress.ofLiteral(literal);
    }

    private static void eventually(BooleanSupplier condition) throws InterruptedException {
        long endNs = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("not within " + LIMIT).isLessThan(endNs);
            Thread.sleep(5);
        }
    }

    /// A neighbour that speaks mDNS from the same port.
    private static final class Talker implements AutoCloseable {
        private final DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);

        Talker(MdnsPlan plan) throws IOException {
            var neighbours = NetworkInterface.getByInetAddress(plan.interfaceAddress());
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, neighbours);
            channel.bind(plan.group());
            channel.join(plan.group().getAddress(), neighbours);
        }

        void send(byte[] message, InetSocketAddress to) throws IOException {
            channel.send(ByteBuffer.wrap(message), to);
        }

        /// Whoever sent the next datagram to the group.
        InetSocketAddress receive() throws IOException {
            return (InetSocketAddress) channel.receive(ByteBuffer.allocate(9000));
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
