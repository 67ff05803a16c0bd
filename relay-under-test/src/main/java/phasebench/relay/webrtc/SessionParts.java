package phasebench.relay.webrtc;

import java.util.List;
import java.util.function.LongSupplier;
import phasebench.relay.dtls.DtlsIdentity;
import phasebench.relay.forward.Forwarding;
import phasebench.relay.forward.ReportTimers;
import phasebench.relay.metrics.RelayMetrics;
import phasebench.relay.socket.PacketSenders;
import phasebench.relay.socket.WebrtcSocket;
import phasebench.relay.srtp.SrtpProfile;
import phasebench.relay.srtp.SrtpProvider;

/// What all sessions of a relay share.
///
/// @param srtpPreference best first
public record SessionParts(
        DtlsIdentity identity,
        List<SrtpProfile> srtpPreference,
        SrtpProvider provider,
        WebrtcSocket socket,
        PacketSenders senders,
        Forwarding forwarding,
        ReportTimers timers) {
    public SessionParts {
        srtpPreference = List.copyOf(srtpPreference);
    }

    LongSupplier nanoTime() {
        return forwarding.nanoTime();
    }

    RelayMetrics metrics() {
        return forwarding.metrics();
    }
}
