package phasebench.relay.socket;

import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;

/// What a sender has done since it last told the counters: adding to those for each packet would be a cost of
/// its own. Owned by its sender.
final class SendTally {
    int calls;
    int partialCalls;
    int packets;
    long bytes;
    int gsoMessages;
    int gsoPackets;
    int gsoFallbackPackets;
    int refusedPackets;
    int busyPackets;

    /// Adds all to the counters, and begins anew.
    void publish(RelayMetrics metrics) {
        metrics.add(RelayCounter.SEND_CALLS, calls);
        metrics.add(RelayCounter.SEND_DATAGRAMS, packets);
        metrics.add(RelayCounter.RTP_PACKETS_OUT, packets);
        metrics.add(RelayCounter.RTP_BYTES_OUT, bytes);
        addIfAny(metrics, RelayCounter.SEND_PARTIAL, partialCalls);
        addIfAny(metrics, RelayCounter.GSO_MESSAGES, gsoMessages);
        addIfAny(metrics, RelayCounter.GSO_DATAGRAMS, gsoPackets);
        addIfAny(metrics, RelayCounter.GSO_FALLBACKS, gsoFallbackPackets);
        addIfAny(metrics, RelayCounter.DROP_SEND_ERROR, refusedPackets);
        addIfAny(metrics, RelayCounter.DROP_SOCKET_BUSY, busyPackets);
        calls = 0;
        partialCalls = 0;
        packets = 0;
        bytes = 0;
        gsoMessages = 0;
        gsoPackets = 0;
        gsoFallbackPackets = 0;
        refusedPackets = 0;
        busyPackets = 0;
    }

    private static void addIfAny(RelayMetrics metrics, RelayCounter counter, int amount) {
        if (amount != 0) {
            metrics.add(counter, amount);
        }
    }
}
