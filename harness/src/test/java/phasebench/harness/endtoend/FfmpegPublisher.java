package phasebench.harness.endtoend;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Debian's ffmpeg publishing the test pattern and a sine tone by RTSP; ended by its handle.
final class FfmpegPublisher implements AutoCloseable {
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private final Process process;

    private FfmpegPublisher(Process process) {
        this.process = process;
    }

    /// A video encoder with options that leave it a tenth of a core; with `-cpu-used 8` libvpx takes half of one.
    enum Video {
        H264("-c:v libx264 -preset ultrafast -tune zerolatency -profile:v baseline -b:v 1M"),
        VP8("-c:v libvpx -deadline realtime -cpu-used 16 -threads 1 -b:v 1M");

        private final String options;

        Video(String options) {
            this.options = options;
        }
    }

    /// How the publisher's packets travel (ffmpeg's `-rtsp_transport`).
    enum Transport {
        TCP,
        UDP
    }

    /// @param keyFrameInterval from one key frame to the next
    static FfmpegPublisher start(URI target, Video video, Transport transport, Duration keyFrameInterval, Path log)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(Enclosure.FFMPEG.toString(), "-hide_banner", "-nostdin"));
        command.addAll(List.of("-re", "-f", "lavfi", "-i", TestPattern.source()));
        command.addAll(List.of("-re", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000"));
        command.addAll(List.of(video.options.split(" ", -1)));
        long keyFrameEvery = keyFrameInterval.toSeconds() * TestPattern.FRAMES_PER_SECOND;
        command.addAll(List.of("-g", Long.toString(keyFrameEvery), "-keyint_min", Long.toString(keyFrameEvery)));
        command.addAll(List.of("-c:a", "libopus", "-ac", "2", "-b:a", "64k"));
        command.addAll(List.of("-f", "rtsp", "-rtsp_transport", transport.name().toLowerCase(Locale.ROOT)));
        command.add(target.toString());
        return new FfmpegPublisher(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(STOP_PATIENCE)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
