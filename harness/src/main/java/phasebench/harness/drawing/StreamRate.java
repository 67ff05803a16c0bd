package phasebench.harness.drawing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import phasebench.harness.load.media.ClipSource;
import phasebench.harness.load.wire.RtpHeader;
import phasebench.scenarios.AudioSpec;
import phasebench.scenarios.MediaSource;
import phasebench.scenarios.Scenario;
import phasebench.scenarios.StreamSpec;

/// What one viewer of a stream gets each second, on average.
///
/// @param bitsPerSecond of RTP packets, headers included, encryption and what lies below not
public record StreamRate(double packetsPerSecond, double bitsPerSecond) {
    /// Packets per second to all viewers of a scenario that read their media, when all of them are there; of
    /// sinks the kernel takes care.
    public static double packetsPerSecondRead(Scenario scenario) {
        double packets = 0;
        int streams = scenario.streams().size();
        for (int i = 0; i < streams; i++) {
            int watching = (scenario.viewers().count() - i + streams - 1) / streams;
            packets += of(scenario.streams().get(i)).packetsPerSecond() * watching;
        }
        return packets * (1 - scenario.viewers().sinkShare());
    }

    /// Of all tracks.
    static StreamRate of(StreamSpec stream) {
        StreamRate video = switch (stream.source()) {
            case MediaSource.Synthetic synthetic ->
                rate(
                        synthetic.framesPerSecond(),
                        synthetic.packetsPerFrame(),
                        (double) synthetic.packetsPerFrame() * synthetic.payloadBytes());
            case MediaSource.Clip clip -> ofClip(clip);
        };
        AudioSpec audio = stream.audio();
        return audio == null ? video : video.plus(rate(audio.packetsPerSecond(), 1, audio.payloadBytes()));
    }

    private StreamRate plus(StreamRate other) {
        return new StreamRate(packetsPerSecond + other.packetsPerSecond, bitsPerSecond + other.bitsPerSecond);
    }

    private static StreamRate ofClip(MediaSource.Clip clip) {
        try {
            ClipSource source = ClipSource.open(clip.name(), 0);
            long packets = 0;
            long bytes = 0;
            for (int frame = 0; frame < source.pictureCount(); frame++) {
                List<byte[]> units = source.payloads(frame, 0);
                packets += units.size();
                bytes += units.stream().mapToLong(unit -> unit.length).sum();
            }
            double frames = source.pictureCount();
            return rate(clip.framesPerSecond(), packets / frames, bytes / frames);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it ships with this program
        }
    }

    private static StreamRate rate(int framesPerSecond, double packets, double payloadBytes) {
        return new StreamRate(
                framesPerSecond * packets, framesPerSecond * 8 * (payloadBytes + packets * RtpHeader.FIXED_BYTES));
    }
}
