package phasebench.reports.rundir;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the floor's loop does with each packet: protect it, send it, or both. Values are those of the relay's
/// settings of the same names.
///
/// @param srtp `aes-cm-sha1`, `aes-gcm`, or null when nothing is protected
/// @param srtpProvider `jce`, `openssl`, or null when nothing is protected
/// @param send `single`, `batch`, `gso`, or null when nothing is sent
/// @param packetsPerCall packets that one system call takes; 0 when nothing is sent
/// @param sink `dropped`, `queued` or `paced`, or null when nothing is sent
public record FloorKind(
        @Nullable String srtp,
        @Nullable String srtpProvider,
        @Nullable String send,
        int packetsPerCall,
        @Nullable String sink) {
    /// Packets end in a socket filter that drops them: sending and the kernel's way to the socket, and no more.
    public static final String DROPPED = "dropped";

    /// Packets end in a socket's receive queue, which is emptied between measurements.
    public static final String QUEUED = "queued";

    /// As `queued`, after the core has rested: what the same work costs a relay that has a burst of packets now and
    /// then, whose caches others have used meanwhile.
    public static final String PACED = "paced";

    /// Packets of a `sendmmsg(2)`.
    public static final int BATCH_PACKETS = 64;

    /// Segments of a message with `UDP_SEGMENT`: a frame of the plan's load.
    public static final int GSO_SEGMENTS = 8;

    public FloorKind {
        if (srtp == null && send == null) {
            throw new IllegalArgumentException("neither protects nor sends");
        }
        if ((srtp == null) != (srtpProvider == null)) {
            throw new IllegalArgumentException("srtp and srtpProvider go together: " + srtp + ", " + srtpProvider);
        }
        if ((send == null) != (sink == null) || (send == null) != (packetsPerCall == 0)) {
            throw new IllegalArgumentException("send, packetsPerCall and sink go together: " + send + ", " + sink);
        }
    }

    public static FloorKind protecting(String srtp, String srtpProvider) {
        return new FloorKind(srtp, srtpProvider, null, 0, null);
    }

    public static FloorKind sending(String send, int packetsPerCall, String sink) {
        return new FloorKind(null, null, send, packetsPerCall, sink);
    }

    /// This protection, and then this way to send.
    public FloorKind and(FloorKind sending) {
        return new FloorKind(srtp, srtpProvider, sending.send, sending.packetsPerCall, sending.sink);
    }

    /// The same with packets that end elsewhere.
    public FloorKind withSink(String other) {
        return new FloorKind(srtp, srtpProvider, send, packetsPerCall, other);
    }

    /// What a relay with these settings does at least; empty when a value is none that the floor knows.
    public static Optional<FloorKind> of(String srtp, String srtpProvider, String send, String sink) {
        int packetsPerCall = switch (send) {
            case "single" -> 1;
            case "batch" -> BATCH_PACKETS;
            case "gso" -> GSO_SEGMENTS;
            default -> 0;
        };
        return packetsPerCall == 0
                ? Optional.empty()
                : Optional.of(new FloorKind(srtp, srtpProvider, send, packetsPerCall, sink));
    }

    /// Such as `aes-gcm (jce) + gso x 8`; the sink is left to a column of its own.
    public String label() {
        String protection = srtp == null ? "" : srtp + " (" + srtpProvider + ")";
        if (send == null) {
            return protection;
        }
        String sending = switch (send) {
            case "single" -> "sendto";
            case "batch" -> "sendmmsg of " + packetsPerCall;
            default -> send + " x " + packetsPerCall;
        };
        return protection.isEmpty() ? sending : protection + " + " + sending;
    }
}
