package phasebench.relay.mdns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;

/// What holds without any multicast.
class MdnsAgentsTest {
    /// TEST-NET-1 (RFC 5737), which no interface has.
    private static final InetAddress NOWHERE = InetAddress.ofLiteral("192.0.2.1");

    @Test
    void withoutAnInterfaceASessionLivesOnAndItIsSaidOnce() {
        var metrics = new RelayMetrics();
        var sockets = new AtomicLong();
        var agents = new MdnsAgents(MdnsPlan.on(NOWHERE), metrics, sockets);
        var said = new ByteArrayOutputStream();
        var stderr = System.err;
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            for (int i = 0; i < 3; i++) {
                try (var agent = agents.open(List.of("a.local"), MdnsAgentsTest::noThread)) {
                    assertThat(agent.resolved()).isEmpty();
                }
            }
        } finally {
            System.setErr(stderr);
        }
        assertThat(metrics.value(RelayCounter.MDNS_UNAVAILABLE)).isEqualTo(3);
        assertThat(sockets).hasValue(0);
        assertThat(said.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("mdns: not available to sessions (said once): no interface has the address 192.0.2.1");
    }

    @Test
    void aPlanRefusesNonsense() {
        assertThat(MdnsPlan.on(NOWHERE)).isEqualTo(new MdnsPlan(NOWHERE, 5353));
        assertThatThrownBy(() -> new MdnsPlan(InetAddress.ofLiteral("::1"), 5353))
                .hasMessageContaining("interfaceAddress must be IPv4");
        assertThatThrownBy(() -> new MdnsPlan(NOWHERE, 0)).hasMessageContaining("port must be 1 to 65535: 0");
    }

    private static Thread noThread(String role, Runnable body) {
        throw new AssertionError("no thread is wanted: " + role);
    }
}
