package phasebench.harness.load.media;

import java.util.List;

/// Where the frames of one stream come from, and what a viewer must find in them again. Immutable, so that any thread
/// may ask.
public interface FrameSource {
    /// What fits one packet everywhere on the way; a larger NAL unit would come back in fragments.
    int NAL_BYTES_MAX = 1188;

    /// The NAL units of a frame, one RTP packet each, in order.
    List<byte[]> nalUnits(long frameIndex, long dueNs);

    /// How many NAL units a frame has; parameter sets do not count.
    int unitCount(long frameIndex);

    /// Whether a NAL unit of a frame is, byte for byte, what was published. Due times are not compared.
    boolean isPublished(long frameIndex, byte[] bytes, int from, int end);

    /// The sequence parameter set, without start code.
    byte[] sequenceParameters();

    /// The picture parameter set, without start code.
    byte[] pictureParameters();
}
