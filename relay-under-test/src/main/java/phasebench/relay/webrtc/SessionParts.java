package phasebench.relay.webrtc;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import phasebench.relay.dtls.DtlsIdentity;
import phasebench.relay.forward.Forwarding;
import phasebench.relay.mdns.MdnsAgents;
import phasebench.relay.metrics.RelayMetrics;
import phasebench.relay.srtp.SrtpProfile;
import phasebench.relay.srtp.SrtpProvider;

/// What all sessions of a relay share.
///
/// @param reportInterval between two sender reports of a track
/// @param mdns `mdns: per-session`; null for off
public record SessionParts(
        DtlsIdentity identity,
        SrtpChoice srtp,
        Forwarding forwarding,
        Duration reportInterval,
        @Nullable MdnsAgents mdns) {
    /// @param preference best first
    public record SrtpChoice(List<SrtpProfile> preference, SrtpProvider provider) {
        public SrtpChoice {
            preference = List.copyOf(preference);
        }
    }

    LongSupplier nanoTime() {
        return forwarding.nanoTime();
    }

    RelayMetrics metrics() {
        return forwarding.metrics();
    }
}
