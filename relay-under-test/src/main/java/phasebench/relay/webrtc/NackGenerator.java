package phasebench.relay.webrtc;

import java.util.ArrayList;
import java.util.List;

/// Looks for packets that are missing among those a peer sends, to ask for them again.
///
/// Pion's interceptor runs this loop for every peer that negotiated NACK, also for one who only receives: such as our
/// viewers, so that it goes through no streams at all, ten times a second. That wake-up is part of what the plan's
/// phase `no-nack` removes.
final class NackGenerator {
    /// Sequence numbers seen of one stream that the peer sends.
    private record ReceiveLog(long ssrc) {}

    private final List<ReceiveLog> logs = new ArrayList<>();

    void tick() {
        for (var log : logs) {
            throw new IllegalStateException("a viewer sends media: " + log);
        }
    }
}
