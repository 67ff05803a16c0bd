package phasebench.scenarios;

import java.util.List;

/// The Opus track that a stream has beside its video: packets of one size, one Opus frame in each (RFC 7587).
///
/// @param packetsPerSecond one for each Opus frame
/// @param payloadBytes RTP payload bytes of each packet
public record AudioSpec(int packetsPerSecond, int payloadBytes) {
    /// Opus frames of 40, 20, 10, 5 and 2.5 ms (RFC 6716, section 2.1.4).
    public static final List<Integer> PACKETS_PER_SECOND = List.of(25, 50, 100, 200, 400);

    /// Room for the frame index, the due time and the first byte of an Opus packet.
    public static final int PAYLOAD_BYTES_MIN = 48;

    /// What a packet of video may have.
    public static final int PAYLOAD_BYTES_MAX = MediaSource.Synthetic.PAYLOAD_BYTES_MAX;

    /// 64 kbit/s in frames of 20 ms, as a browser's or a camera's encoder makes them.
    public static final AudioSpec DEFAULT = new AudioSpec(50, 160);

    public AudioSpec {
        if (!PACKETS_PER_SECOND.contains(packetsPerSecond)) {
            throw new IllegalArgumentException(
                    "packetsPerSecond is none of " + PACKETS_PER_SECOND + ": " + packetsPerSecond);
        }
        if (payloadBytes < PAYLOAD_BYTES_MIN || payloadBytes > PAYLOAD_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "payloadBytes is not within " + PAYLOAD_BYTES_MIN + ".." + PAYLOAD_BYTES_MAX + ": " + payloadBytes);
        }
    }
}
