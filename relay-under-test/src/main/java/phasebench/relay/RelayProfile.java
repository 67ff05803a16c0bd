package phasebench.relay;

import java.time.Duration;
import phasebench.relay.RelaySettings.Buffers;
import phasebench.relay.RelaySettings.Copies;
import phasebench.relay.RelaySettings.Crypto;
import phasebench.relay.RelaySettings.Feedback;
import phasebench.relay.RelaySettings.Forwarding;
import phasebench.relay.RelaySettings.Mdns;
import phasebench.relay.RelaySettings.Nack;
import phasebench.relay.RelaySettings.Send;
import phasebench.relay.RelaySettings.Srtp;
import phasebench.relay.RelaySettings.Threads;

/// Named combinations, in the order of the plan.
enum RelayProfile implements RelaySettings.Choice {
    /// All before: where the plan started.
    MTX_2025(new RelaySettings(
            new Feedback(Nack.PER_VIEWER, Mdns.PER_SESSION, Duration.ofSeconds(1)),
            new Crypto(Srtp.AES_CM_SHA1, RelaySettings.Provider.JCE),
            new Forwarding(Buffers.ALLOCATE, Copies.PER_VIEWER, Threads.PER_ROLE, Send.SINGLE))),
    /// Where the plan stood when it was written: without the NACK interceptor and mDNS.
    PLAN_CURRENT(new RelaySettings(
            new Feedback(Nack.OFF, Mdns.OFF, Duration.ofSeconds(1)),
            MTX_2025.settings.crypto(),
            MTX_2025.settings.forwarding())),
    /// And sender reports every 3 s.
    PLAN_PHASE_1(new RelaySettings(
            new Feedback(Nack.OFF, Mdns.OFF, Duration.ofSeconds(3)),
            MTX_2025.settings.crypto(),
            MTX_2025.settings.forwarding())),
    /// And buffer pools and shared packets.
    PLAN_PHASE_2(new RelaySettings(
            PLAN_PHASE_1.settings.feedback(),
            MTX_2025.settings.crypto(),
            new Forwarding(Buffers.POOLED, Copies.SHARED, Threads.PER_ROLE, Send.SINGLE))),
    /// All that pays, NACK kept.
    BEST(new RelaySettings(
            new Feedback(Nack.SHARED, Mdns.OFF, Duration.ofSeconds(3)),
            new Crypto(Srtp.AES_GCM, RelaySettings.Provider.JCE),
            new Forwarding(Buffers.POOLED, Copies.SHARED, Threads.SHARDED, Send.GSO)));

    @SuppressWarnings("ImmutableEnumChecker") // a record of records and enums, which the checker cannot see
    private final RelaySettings settings;

    RelayProfile(RelaySettings settings) {
        this.settings = settings;
    }

    RelaySettings settings() {
        return settings;
    }
}
