package phasebench.harness.load.media;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A shipped H.264 clip, looped, with an SEI message of ours in front of each picture.
public final class ClipSource implements PictureSource {
    private static final int NAL_TYPE_SLICE = 1;
    private static final int NAL_TYPE_IDR = 5;
    private static final int NAL_TYPE_SEI = 6;
    private static final int NAL_TYPE_SPS = 7;
    private static final int NAL_TYPE_PPS = 8;

    private final int stream;
    private final List<List<byte[]>> pictures = new ArrayList<>();
    private byte[] sequenceParameters = {};
    private byte[] pictureParameters = {};

    private ClipSource(int stream, String name, byte[] annexB) throws IOException {
        this.stream = stream;
        for (byte[] unit : NalUnits.splitAnnexB(annexB)) {
            if (unit.length > PAYLOAD_BYTES_MAX) {
                throw new IOException("clip " + name + " has a NAL unit of " + unit.length + " bytes; at most "
                        + PAYLOAD_BYTES_MAX + " fit one packet (x264: slice-max-size)");
            }
            add(unit);
        }
        if (pictures.isEmpty() || sequenceParameters.length == 0 || pictureParameters.length == 0) {
            throw new IOException("clip " + name + " lacks pictures or parameter sets");
        }
    }

    /// Reads a clip that ships with the load generator.
    ///
    /// @throws IOException if there is no such clip, or it is not fit for looping packet by packet
    public static ClipSource open(String name, int stream) throws IOException {
        try (InputStream resource = ClipSource.class.getResourceAsStream(name + ".h264")) {
            if (resource == null) {
                throw new IOException("no clip named " + name + " ships with the load generator");
            }
            return new ClipSource(stream, name, resource.readAllBytes());
        }
    }

    private void add(byte[] unit) {
        switch (NalUnits.type(unit, 0)) {
            case NAL_TYPE_SPS -> sequenceParameters = unit;
            case NAL_TYPE_PPS -> pictureParameters = unit;
            case NAL_TYPE_SLICE, NAL_TYPE_IDR -> {
                // first_mb_in_slice is ue(v): a leading one bit is zero, so a picture begins (ITU-T H.264, section
                // 7.3.3)
                if ((unit[1] & 0x80) != 0) {
                    pictures.add(new ArrayList<>());
                }
                pictures.getLast().add(unit);
            }
            default -> {
                // parameter sets travel in the session description, SEI messages of the encoder are of no use
            }
        }
    }

    private List<byte[]> picture(long frameIndex) {
        return pictures.get((int) (frameIndex % pictures.size()));
    }

    @Override
    public List<byte[]> payloads(long frameIndex, long dueNs) {
        List<byte[]> picture = picture(frameIndex);
        List<byte[]> units = new ArrayList<>(1 + picture.size());
        units.add(new FrameStamp(stream, frameIndex, 0, dueNs).toSeiNalUnit());
        units.addAll(picture);
        return units;
    }

    @Override
    public int unitCount(long frameIndex) {
        return 1 + picture(frameIndex).size();
    }

    @Override
    public boolean isPublished(long frameIndex, byte[] bytes, int from, int end) {
        return switch (NalUnits.type(bytes, from)) {
            case NAL_TYPE_SPS -> equal(sequenceParameters, bytes, from, end);
            case NAL_TYPE_PPS -> equal(pictureParameters, bytes, from, end);
            case NAL_TYPE_SEI -> {
                FrameStamp stamp = FrameStamp.ofNalUnit(bytes, from, end);
                yield stamp != null && stamp.stream() == stream && stamp.frameIndex() == frameIndex;
            }
            default -> picture(frameIndex).stream().anyMatch(unit -> equal(unit, bytes, from, end));
        };
    }

    private static boolean equal(byte[] published, byte[] bytes, int from, int end) {
        return Arrays.equals(published, 0, published.length, bytes, from, end);
    }

    /// Pictures in the clip before it begins again.
    public int pictureCount() {
        return pictures.size();
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
