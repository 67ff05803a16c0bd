package phasebench.relay.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class BenchmarkSinksTest {
    @Test
    void eachSinkHasAPortOfItsOwnAndTakesPacketsAsOneWhoReadsThem() throws IOException {
        try (var sinks = new BenchmarkSinks(100);
                var channel = DatagramChannel.open()) {
            assertThat(new HashSet<>(sinks.destinations())).hasSize(100);
            // many times the receive buffer of a socket that kept them, and no ICMP error as from a closed port
            var to = sinks.destinations().getFirst().address();
            channel.connect(to);
            for (int i = 0; i < 5000; i++) {
                assertThat(channel.write(ByteBuffer.allocate(1200))).isEqualTo(1200);
            }
        }
    }
}
