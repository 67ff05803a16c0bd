package phasebench.harness.load.mdns;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import phasebench.scenarios.MdnsTalk;

/// What the talker refuses, before anything is sent.
class MdnsTalkerTest {
    @Test
    void itDoesNotSpeakWhereOthersWouldHearIt() throws SocketException {
        Optional<InetAddress> reachable = NetworkInterface.networkInterfaces()
                .filter(one -> !isLoopback(one))
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Inet4Address.class::isInstance)
                .findFirst();
        Assumptions.assumeTrue(reachable.isPresent(), "this machine has no network");
        assertThatThrownBy(() -> MdnsTalker.start(script(reachable.orElseThrow()), false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it speaks on the loopback interface, or inside scripts/enclosure");
    }

    @Test
    void anAddressOfNoInterfaceIsNamed() {
        assertThatThrownBy(() -> MdnsTalker.start(script(InetAddress.ofLiteral("192.0.2.1")), true))
                .isInstanceOf(IOException.class)
                .hasMessage("the mDNS talker finds no interface with the address 192.0.2.1");
    }

    private static boolean isLoopback(NetworkInterface one) {
        try {
            return one.isLoopback();
        } catch (SocketException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MdnsScript script(InetAddress address) {
        return new MdnsScript(new MdnsTalk(1, 0, null), Set.of(), address, MdnsScript.PORT, Duration.ofSeconds(1));
    }
}
