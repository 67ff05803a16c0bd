package phasebench.relay.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phasebench.relay.buffer.PooledBuffers;
import phasebench.relay.rtp.AccessUnit;
import phasebench.relay.rtp.TrackFormat;

/// A real ffmpeg publishes two seconds of test pattern and sine wave.
class FfmpegPublishIT {
    private static final List<String> H264 =
            List.of("-c:v", "libx264", "-profile:v", "baseline", "-preset", "ultrafast", "-tune", "zerolatency");
    private static final List<String> VP8 = List.of("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8");
    private static final int FRAMES = 60;

    @TempDir
    private @Nullable Path directory;

    @BeforeAll
    static void ffmpegIsInstalled() {
        boolean isInstalled = Files.isExecutable(Path.of("/usr/bin/ffmpeg"));
        if (!isInstalled) {
            System.err.println("SKIPPED FfmpegPublishIT: /usr/bin/ffmpeg is missing (Debian: apt install ffmpeg)");
        }
        assumeTrue(isInstalled, "/usr/bin/ffmpeg is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void h264AndOpusArriveWhole(String transport) throws Exception {
        RecordingIngest.Recording recording = publish(H264, transport);

        assertThat(recording.tracks().getFirst()).isInstanceOf(TrackFormat.H264.class);
        for (AccessUnit unit : recording.units(0)) {
            List<Integer> types =
                    unit.units().stream().map(nal -> nal[0] & 0x1f).distinct().toList();
            if (unit.isKeyFrame()) {
                assertThat(types).startsWith(7, 8).contains(5);
            } else {
                assertThat(types).contains(1).doesNotContain(5, 7, 8);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void vp8AndOpusArriveWhole(String transport) throws Exception {
        RecordingIngest.Recording recording = publish(VP8, transport);

        assertThat(recording.tracks().getFirst()).isEqualTo(new TrackFormat.Vp8());
    }

    private RecordingIngest.Recording publish(List<String> codec, String transport) throws Exception {
        RecordingIngest ingest = new RecordingIngest();
        CountingCounters counters = new CountingCounters();
        AtomicReference<@Nullable Throwable> escaped = new AtomicReference<>();
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (RtspServer server = new RtspServer(
                anyPort,
                ingest,
                counters,
                PooledBuffers.checked(),
                Thread.ofVirtual()
                        .uncaughtExceptionHandler((_, e) -> escaped.set(e))
                        .factory())) {
            ffmpeg(codec, transport, server.address().getPort());
            assertThat(ingest.await(() ->
                            !ingest.all().isEmpty() && ingest.all().getFirst().isClosed()))
                    .isTrue();
        }

        RecordingIngest.Recording recording = ingest.all().getFirst();
        assertThat(recording.stream()).isEqualTo("site/cam");
        assertThat(recording.tracks()).hasSize(2).endsWith(new TrackFormat.Opus(2));
        List<AccessUnit> pictures = recording.units(0);
        assertThat(pictures).as(counters::toString).hasSizeBetween(FRAMES - 2, FRAMES);
        assertThat(pictures.getFirst().isKeyFrame()).isTrue();
        assertThat(pictures.stream().filter(AccessUnit::isKeyFrame).count()).isBetween(2L, 4L);
        assertTimestampsOfThirtyPictures(pictures);
        assertThat(recording.units(1)).hasSizeBetween(90, 110).allMatch(AccessUnit::isKeyFrame);
        assertThat(recording.reports()).isNotEmpty();
        assertThat(counters.count("damaged_access_unit")).isZero();
        assertThat(counters.count("rtp")).isGreaterThan(150);
        assertThat(counters.count("sockets")).isZero();
        assertThat(escaped.get()).isNull();
        return recording;
    }

    private static void assertTimestampsOfThirtyPictures(List<AccessUnit> pictures) {
        for (int i = 1; i < pictures.size(); i++) {
            long ticks = (pictures.get(i).rtpTimestamp() - pictures.get(i - 1).rtpTimestamp()) & 0xffff_ffffL;
            assertThat(ticks).as("picture %d", i).isBetween(2990L, 3010L);
            assertThat(pictures.get(i).arrivalNs())
                    .isGreaterThanOrEqualTo(pictures.get(i - 1).arrivalNs());
        }
    }

    private void ffmpeg(List<String> codec, String transport, int port) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("/usr/bin/ffmpeg", "-hide_banner", "-loglevel", "warning", "-re"));
        command.addAll(List.of("-f", "lavfi", "-i", "testsrc2=size=640x360:rate=30"));
        command.addAll(List.of("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000", "-t", "2"));
        command.addAll(codec);
        command.addAll(List.of("-b:v", "800k", "-g", "30", "-pix_fmt", "yuv420p", "-c:a", "libopus", "-ac", "2"));
        command.addAll(List.of("-f", "rtsp", "-rtsp_transport", transport, "rtsp://127.0.0.1:" + port + "/site/cam"));
        Path log = Path.of(String.valueOf(directory), "ffmpeg.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(() -> read(log)).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return String.valueOf(e);
        }
    }
}
