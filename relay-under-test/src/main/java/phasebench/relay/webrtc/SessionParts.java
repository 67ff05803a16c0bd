package phasebench.relay.webrtc;

import java.util.List;
import java.util.function.LongSupplier;
import phasebench.relay.dtls.DtlsIdentity;
import phasebench.relay.forward.ReportTimers;
import phasebench.relay.metrics.RelayMetrics;
import phasebench.relay.socket.PacketSenders;
import phasebench.relay.socket.WebrtcSocket;
import phasebench.relay.srtp.SrtpProfile;

/// What all sessions of a relay share.
///
/// @param srtpPreference best first
/// @param nanoTime as System.nanoTime
public record SessionParts(
        DtlsIdentity identity,
        List<SrtpProfile> srtpPreference,
        WebrtcSocket socket,
        PacketSenders senders,
        ReportTimers reports,
        LongSupplier nanoTime) {
    public SessionParts {
        srtpPreference = List.copyOf(srtpPreference);
    }

    RelayMetrics metrics() {
        return reports.metrics();
    }
}
