package phasebench.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phasebench.relay.metrics.RelayCounter;

/// The whole way: ffmpeg publishes by RTSP, a viewer plays by WHEP and gets every packet and whole pictures.
class FfmpegToViewerIT {
    private static final Path FFMPEG = Path.of("/usr/bin/ffmpeg");
    private static final int FRAME_COUNT = 45;

    @ParameterizedTest
    @CsvSource({
        "108, tcp, libx264 -profile:v baseline -preset ultrafast -tune zerolatency",
        "108, udp, libx264 -profile:v baseline -preset ultrafast -tune zerolatency",
        "96, tcp, libvpx -deadline realtime -cpu-used 8"
    })
    void whatFfmpegPublishesIsPlayed(int payloadType, String transport, String codec) throws IOException {
        assumeTrue(Files.isExecutable(FFMPEG), "no ffmpeg");
        try (var relay = new TestRelay(RelayConfig.DEFAULT.settings())) {
            var publisher = publish(relay, transport, codec);
            try {
                Waiting.until(() -> relay.relay().streams().find("cam") != null, () -> "nothing is published");
                try (var viewer = TestViewer.play(
                        relay.whep("cam"), TestOffer.of(TestOffer.H264, TestOffer.VP8, TestOffer.OPUS))) {
                    var video = viewer.received().track(payloadType);
                    Waiting.until(
                            () -> video.units().size() >= FRAME_COUNT,
                            () -> video.units().size());
                    assertThat(video.units().getFirst().isKeyFrame()).isTrue();
                    assertThat(video.gaps()).isZero();
                    var audio = viewer.received().track(111);
                    assertThat(audio.units()).hasSizeGreaterThan(FRAME_COUNT);
                    assertThat(audio.gaps()).isZero();
                    assertThat(relay.count(RelayCounter.DROP_SLOW_VIEWER)).isZero();
                }
            } finally {
                publisher.destroyForcibly();
            }
        }
    }

    private static Process publish(TestRelay relay, String transport, String codec) throws IOException {
        var command = "-re -f lavfi -i testsrc2=size=320x240:rate=30 -f lavfi -i sine=440:sample_rate=48000 -t 20"
                + " -g 30 -pix_fmt yuv420p -c:v " + codec + " -c:a libopus -b:a 64k -ac 2"
                + " -f rtsp -rtsp_transport " + transport + " rtsp://127.0.0.1:"
                + relay.relay().addresses().rtsp().getPort() + "/cam";
        var builder = new ProcessBuilder(FFMPEG.toString(), "-hide_banner", "-loglevel", "error", "-nostdin");
        builder.command().addAll(List.of(command.split(" ", -1)));
        return builder.inheritIO().start();
    }
}
