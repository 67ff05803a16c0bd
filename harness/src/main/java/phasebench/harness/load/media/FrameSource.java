package phasebench.harness.load.media;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the frames of one track come from, and what a viewer must find in them again. Immutable, so that any thread
/// may ask.
public interface FrameSource {
    /// What fits one packet everywhere on the way.
    int PAYLOAD_BYTES_MAX = 1188;

    TrackKind kind();

    /// What a frame is sent as, one RTP payload each, in order.
    List<byte[]> payloads(long frameIndex, long dueNs);

    /// How many units a frame has; parameter sets do not count.
    int unitCount(long frameIndex);

    /// The stamp in an RTP payload, or null when there is none.
    @Nullable
    FrameStamp stampIn(byte[] packet, int from, int end);

    /// Compares an RTP payload of a frame, byte for byte, with what was published. Due times are not compared.
    ///
    /// @return the units in it, without parameter sets, or -1 if something was not published
    int unitsPublished(long frameIndex, byte[] packet, int from, int end);

    /// What a session description tells of the format (fmtp); empty for nothing.
    String formatParameters();
}
