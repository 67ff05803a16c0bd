package phasebench.harness.load.media;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import phasebench.scenarios.MediaSource;

/// Frames of equal size made on the fly: slices that no decoder would show, but that any relay carries as H.264.
///
/// A slice is its NAL header, a slice header's first byte, a [FrameStamp] and filler that follows from the seed, the
/// stream, the frame and the packet.
public final class SyntheticSource implements PictureSource {
    /// Where the stamp stands in a NAL unit: behind the NAL header and the first byte of the slice header.
    static final int STAMP_AT = 2;

    private static final byte IDR_SLICE = 0x65;
    private static final byte REFERENCE_SLICE = 0x41;

    /// first_mb_in_slice is zero (ue(v) `1`) in the first slice only, which is how a depacketizer sees where a picture
    /// begins.
    private static final byte FIRST_MACROBLOCK_ZERO = (byte) 0xb8;

    private static final byte FIRST_MACROBLOCK_LATER = 0x5c;

    private final int stream;
    private final int packetsPerFrame;
    private final int payloadBytes;
    private final int groupFrames;
    private final long seed;
    private final byte[] sequenceParameters =
            HexFormat.of().parseHex("6742c01eda0280bfe5c044000003000400000300f23c58ba80");
    private final byte[] pictureParameters = HexFormat.of().parseHex("68ce32c8");

    public SyntheticSource(MediaSource.Synthetic source, int stream, long seed) {
        this.stream = stream;
        this.packetsPerFrame = source.packetsPerFrame();
        this.payloadBytes = source.payloadBytes();
        this.groupFrames = source.groupFrames();
        this.seed = seed;
    }

    @Override
    public List<byte[]> payloads(long frameIndex, long dueNs) {
        List<byte[]> units = new ArrayList<>(packetsPerFrame);
        for (int packet = 0; packet < packetsPerFrame; packet++) {
            units.add(slice(new FrameStamp(stream, frameIndex, packet, dueNs)));
        }
        return units;
    }

    @Override
    public int unitCount(long frameIndex) {
        return packetsPerFrame;
    }

    private byte[] slice(FrameStamp stamp) {
        byte[] unit = new byte[payloadBytes];
        unit[0] = stamp.frameIndex() % groupFrames == 0 ? IDR_SLICE : REFERENCE_SLICE;
        unit[1] = stamp.packetIndex() == 0 ? FIRST_MACROBLOCK_ZERO : FIRST_MACROBLOCK_LATER;
        stamp.writeFilled(unit, STAMP_AT, seed); // no zero byte: no emulation prevention
        return unit;
    }

    @Override
    public boolean isPublished(long frameIndex, byte[] bytes, int from, int end) {
        FrameStamp stamp = FrameStamp.ofNalUnit(bytes, from, end);
        if (stamp == null) {
            return Arrays.equals(bytes, from, end, sequenceParameters, 0, sequenceParameters.length)
                    || Arrays.equals(bytes, from, end, pictureParameters, 0, pictureParameters.length);
        }
        if (stamp.stream() != stream
                || stamp.frameIndex() != frameIndex
                || stamp.packetIndex() >= packetsPerFrame
                || end - from != payloadBytes) {
            return false;
        }
        byte[] published = slice(stamp);
        return Arrays.equals(bytes, from, end, published, 0, published.length);
    }

    @Override
    public byte[] sequenceParameters() {
        return sequenceParameters.clone();
    }

    @Override
    public byte[] pictureParameters() {
        return pictureParameters.clone();
    }
}
