package phasebench.harness.load.media;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phasebench.scenarios.AudioSpec;

/// Opus packets of equal size made on the fly, which no decoder would play, but any relay carries: the first byte of an
/// Opus packet, a [FrameStamp] and filler.
public final class OpusSource implements FrameSource {
    /// Where the stamp stands: behind the first byte.
    private static final int STAMP_AT = 1;

    /// Keeps the filler apart from that of the stream's video.
    private static final long SALT = 0x6f70_7573;

    private static final int STEREO = 1 << 2;

    private final int stream;
    private final int payloadBytes;
    private final byte firstByte;
    private final long seed;

    public OpusSource(AudioSpec audio, int stream, long seed) {
        this.stream = stream;
        this.payloadBytes = audio.payloadBytes();
        this.firstByte = (byte) (configuration(audio.packetsPerSecond()) << 3 | STEREO);
        this.seed = seed ^ SALT;
    }

    /// Mode and frame length (RFC 6716, section 3.1, table 2): CELT, fullband, up to 20 ms; SILK, wideband, above.
    private static int configuration(int packetsPerSecond) {
        return switch (packetsPerSecond) {
            case 400 -> 28;
            case 200 -> 29;
            case 100 -> 30;
            case 50 -> 31;
            case 25 -> 10;
            default -> throw new IllegalArgumentException("no Opus frames for " + packetsPerSecond + " packets/s");
        };
    }

    @Override
    public TrackKind kind() {
        return TrackKind.AUDIO;
    }

    @Override
    public List<byte[]> payloads(long frameIndex, long dueNs) {
        return List.of(payload(new FrameStamp(stream, frameIndex, 0, dueNs)));
    }

    private byte[] payload(FrameStamp stamp) {
        byte[] payload = new byte[payloadBytes];
        payload[0] = firstByte;
        stamp.writeFilled(payload, STAMP_AT, seed);
        return payload;
    }

    @Override
    public int unitCount(long frameIndex) {
        return 1;
    }

    @Override
    public @Nullable FrameStamp stampIn(byte[] packet, int from, int end) {
        return FrameStamp.read(packet, from + STAMP_AT, end);
    }

    @Override
    public int unitsPublished(long frameIndex, byte[] packet, int from, int end) {
        FrameStamp stamp = stampIn(packet, from, end);
        boolean isPublished = stamp != null
                && stamp.stream() == stream
                && stamp.frameIndex() == frameIndex
                && Arrays.equals(packet, from, end, payload(stamp), 0, payloadBytes);
        return isPublished ? 1 : -1;
    }

    @Override
    public String formatParameters() {
        return "";
    }
}
