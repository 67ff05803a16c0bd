package phasebench.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// All that a relay is told when it starts.
///
/// @param bufferChecks whether misuse of pooled buffers is looked for; costs more than pooling saves
/// @param countersFile where the counters go at shutdown; null for nowhere
record RelayConfig(
        Addresses addresses,
        RelaySettings settings,
        BufferChecks bufferChecks,
        @Nullable Path countersFile) {
    static final RelayConfig DEFAULT =
            new RelayConfig(Addresses.DEFAULT, RelayProfile.PLAN_CURRENT.settings(), BufferChecks.OFF, null);

    /// Where the relay listens; port 0 takes any free one.
    ///
    /// @param rtsp publishers, TCP
    /// @param http WHEP, player page and metrics, TCP
    /// @param webrtc STUN, DTLS and SRTP of all viewers, UDP; its address is the one told to viewers
    record Addresses(InetSocketAddress rtsp, InetSocketAddress http, InetSocketAddress webrtc) {
        static final Addresses DEFAULT = new Addresses(loopback(8554), loopback(8889), loopback(8189));

        private static InetSocketAddress loopback(int port) {
            return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
        }

        Addresses withRtsp(InetSocketAddress address) {
            return new Addresses(address, http, webrtc);
        }

        Addresses withHttp(InetSocketAddress address) {
            return new Addresses(rtsp, address, webrtc);
        }

        Addresses withWebrtc(InetSocketAddress address) {
            return new Addresses(rtsp, http, address);
        }
    }

    /// Use after release, writes after release, and buffers never given back.
    enum BufferChecks implements RelaySettings.Choice {
        OFF,
        ON
    }

    RelayConfig withBufferChecks(BufferChecks checks) {
        return new RelayConfig(addresses, settings, checks, countersFile);
    }

    RelayConfig withAddresses(Addresses changed) {
        return new RelayConfig(changed, settings, bufferChecks, countersFile);
    }

    RelayConfig withSettings(RelaySettings changed) {
        return new RelayConfig(addresses, changed, bufferChecks, countersFile);
    }

    RelayConfig withCountersFile(Path file) {
        return new RelayConfig(addresses, settings, bufferChecks, file);
    }
}
