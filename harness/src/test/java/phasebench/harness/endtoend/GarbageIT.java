package phasebench.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phasebench.harness.endtoend.FfmpegPublisher.Transport;
import phasebench.harness.endtoend.FfmpegPublisher.Video;

/// Garbage on every port of the relay while ten viewers play.
@Tag("enclosure")
class GarbageIT {
    private static final int VIEWERS = 10;
    private static final long SEED = 20261122;
    private static final Duration SHORT = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofSeconds(60);

    /// More than the relay's caches move about, far less than the megabytes of headers it is sent.
    private static final long HEAP_GROWTH_BYTES_MAX = 16 << 20;

    private static final int VIRTUAL_THREAD_GROWTH_MAX = 20;

    /// Plays the stream in ten peer connections of one page, by nothing but the WHEP endpoint.
    private static final String PLAY_TEN_TIMES = """
            Promise.all([...Array(args[1]).keys()].map(async () => {
              const connection = new RTCPeerConnection();
              const video = document.body.appendChild(document.createElement('video'));
              video.autoplay = true;
              video.width = 64;
              connection.ontrack = event => video.srcObject = event.streams[0];
              connection.addTransceiver('video', {direction: 'recvonly'});
              connection.addTransceiver('audio', {direction: 'recvonly'});
              await connection.setLocalDescription();
              const response = await fetch(args[0], {method: 'POST',
                headers: {'Content-Type': 'application/sdp'}, body: connection.localDescription.sdp});
              if (!response.ok) throw await response.text();
              await connection.setRemoteDescription({type: 'answer', sdp: await response.text()});
            }))""";

    @Test
    void garbageOnEveryPortDisturbsNobody(@TempDir Path folder) throws Exception {
        Enclosure.require(Enclosure.CHROMIUM, Enclosure.CHROMEDRIVER, Enclosure.FFMPEG);
        try (RelayProgram relay = RelayProgram.start(folder, Map.of());
                var _ = FfmpegPublisher.start(
                        relay.rtsp("cam"),
                        Video.VP8,
                        Transport.TCP,
                        Duration.ofSeconds(1),
                        folder.resolve("ffmpeg.log"));
                Browser browser = Browser.start(folder)) {
            relay.awaitMedia();
            browser.open(relay.http("/metrics"));
            browser.evaluate(PLAY_TEN_TIMES, relay.http("/cam/whep").toString(), VIEWERS);
            Eventually.holds(
                    "all viewers decode", () -> Playback.of(browser).video().framesDecoded() > VIEWERS * 30);
            long heapBytesBefore = relay.heapBytesLive();
            double threadsBefore = relay.metric("jvm_threads_virtual");
            Playback before = Playback.of(browser);
            Duration duration = Enclosure.isAcceptance() ? LONG : SHORT;

            try (var _ = Garbage.throwAt(relay, SEED)) {
                Thread.sleep(duration);
                assertThat(relay.metric("relay_sessions")).isEqualTo(VIEWERS);
            }

            Playback after = Playback.of(browser);
            assertThat(relay.isAlive()).isTrue();
            assertThat(relay.metric("relay_drops_total"))
                    .as("datagrams that the relay recognized as garbage")
                    .isGreaterThan(100.0 * duration.toSeconds());
            assertThat(relay.metric("relay_drops_total{reason=\"internal-error\"}"))
                    .isZero();
            assertThat(relay.exceptionsLogged()).isEmpty();
            assertThat(after.video().packetsLost()).as("video packets lost").isZero();
            assertThat(after.audio().packetsLost()).as("audio packets lost").isZero();
            assertThat(after.video().framesDecoded() - before.video().framesDecoded())
                    .as("frames decoded by all viewers")
                    .isGreaterThan(VIEWERS * 25 * duration.toSeconds());
            Eventually.holds(
                    "the attackers' threads have ended",
                    () -> relay.metric("jvm_threads_virtual") < threadsBefore + VIRTUAL_THREAD_GROWTH_MAX);
            assertThat(relay.heapBytesLive()).isLessThan(heapBytesBefore + HEAP_GROWTH_BYTES_MAX);
        }
    }
}
