package phasebench.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import phasebench.harness.endtoend.FfmpegPublisher.Transport;
import phasebench.harness.endtoend.FfmpegPublisher.Video;

/// ffmpeg publishes, the relay forwards, and Chromium plays it from the relay's own player page.
@Tag("enclosure")
class PlayerIT {
    private static final Duration SETTLE = Duration.ofSeconds(1);
    private static final Duration WATCH = Duration.ofSeconds(4);
    private static final Duration SETTLE_DELAY = Duration.ofSeconds(14);
    private static final Duration WATCH_LOSS = Duration.ofSeconds(8);
    private static final int LOSS_PERCENT = 5;
    private static final int GIVEN_UP_MAX = 7;
    private static final int SKIPS_MAX = 3;
    private static final Duration ONE_SECOND = Duration.ofSeconds(1);
    private static final Duration NO_KEY_FRAME_SOON = Duration.ofMinutes(1);

    @TempDir
    private static Path browserFolder;

    private static Browser browser;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startBrowser() {
        Enclosure.require(Enclosure.CHROMIUM, Enclosure.CHROMEDRIVER, Enclosure.FFMPEG, Enclosure.NFT);
        browser = Browser.start(browserFolder);
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest(name = "{0} over {1}, srtp {2}, send {3}")
    @CsvSource({
        "H264, TCP, aes-cm-sha1, single",
        "H264, TCP, aes-gcm,     batch",
        "H264, UDP, aes-cm-sha1, batch",
        "H264, UDP, aes-gcm,     single",
        "VP8,  TCP, aes-cm-sha1, single",
        "VP8,  TCP, aes-gcm,     single",
        "VP8,  UDP, aes-cm-sha1, batch",
        "VP8,  UDP, aes-gcm,     single",
    })
    void chromiumPlaysWhatFfmpegPublishes(Video video, Transport transport, String srtp, String send) throws Exception {
        try (RelayProgram relay = RelayProgram.start(folder, Map.of("srtp", srtp, "send", send));
                var _ = publish(relay, video, transport, ONE_SECOND)) {
            assertPlays(relay);
            assertThat(Playback.of(browser).secured().srtpCipher()).isEqualTo(cipher(srtp));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mtx-2025", "plan-current", "plan-phase-1", "plan-phase-2", "best"})
    void chromiumPlaysFromEveryProfile(String profile) throws Exception {
        try (RelayProgram relay = RelayProgram.start(folder, Map.of("profile", profile));
                var _ = publish(relay, Video.H264, Transport.TCP, ONE_SECOND)) {
            assertPlays(relay);
        }
    }

    /// At full speed, in the right colours, with sound, and nothing lost.
    private static void assertPlays(RelayProgram relay) throws Exception {
        play(relay);
        Thread.sleep(SETTLE);
        Playback before = Playback.of(browser);
        long beforeNs = System.nanoTime();
        Thread.sleep(WATCH);
        Playback after = Playback.of(browser);
        double seconds = (System.nanoTime() - beforeNs) / 1e9;

        assertThat((after.video().framesDecoded() - before.video().framesDecoded()) / seconds)
                .as("frames decoded per second")
                .isGreaterThan(25);
        assertThat(after.video().freezes()).as("freezes").isZero();
        assertThat(after.video().packetsLost()).as("video packets lost").isZero();
        assertThat(after.audio().packetsLost()).as("audio packets lost").isZero();
        assertThat(after.audio().energy())
                .as("audio energy")
                .isGreaterThan(before.audio().energy());
        TestPattern.assertIsShownBy(browser);
        assertThat(relay.metric("relay_srtp_fallbacks_total")).isZero();
        assertThat(relay.metric("relay_send_fallbacks_total")).isZero();
        assertThat(relay.metric("relay_drops_total")).isZero();
        assertThat(browser.text())
                .as("the page")
                .containsPattern("Resolution\\s+" + TestPattern.WIDTH + "×" + TestPattern.HEIGHT)
                .containsPattern("Frames per second\\s+(2[5-9]|3[0-5])\\s")
                .containsPattern("Packets lost\\s+0\\s");
        assertThat(relay.exceptionsLogged()).isEmpty();
    }

    @Test
    void aLateJoinerSeesAPictureWithinTwoSeconds() throws Exception {
        Duration keyFrameInterval = Duration.ofSeconds(10);
        try (RelayProgram relay = RelayProgram.start(folder, Map.of());
                var _ = publish(relay, Video.H264, Transport.TCP, keyFrameInterval)) {
            relay.awaitMedia();
            // neither right after a key frame nor close before one: only the relay's own memory of it can help
            Thread.sleep(Duration.ofSeconds(4));
            browser.open(relay.http("/cam/"));
            long openedNs = System.nanoTime();
            Eventually.holds("a picture", () -> Playback.of(browser).video().framesDecoded() > 0);
            assertThat(Duration.ofNanos(System.nanoTime() - openedNs)).isLessThan(Duration.ofSeconds(2));
            TestPattern.assertIsShownBy(browser);
            browser.leave();
        }
    }

    @Test
    void leavingThePageEndsTheSession() throws Exception {
        try (RelayProgram relay = RelayProgram.start(folder, Map.of());
                var _ = publish(relay, Video.H264, Transport.TCP, ONE_SECOND)) {
            play(relay);
            assertThat(relay.metric("relay_sessions")).isEqualTo(1);
            browser.leave();
            Eventually.holds("no session is left", Duration.ofSeconds(5), () -> relay.metric("relay_sessions") == 0);
            assertThat(relay.exceptionsLogged()).isEmpty();
        }
    }

    /// One group of pictures: Chromium asks for a packet until it comes. Each round fails with 9.75 % (request or
    /// answer lost), and six fit into the delay: of 1000 packets 4e-5 come too late, one run in 25,000.
    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"mtx-2025, H264", "mtx-2025, VP8", "best, H264", "best, VP8"})
    void whatIsLostIsSentAgainAndThePictureNeverStops(String profile, Video video) throws Exception {
        try (RelayProgram relay = RelayProgram.start(folder, Map.of("profile", profile));
                var _ = publish(relay, video, Transport.TCP, NO_KEY_FRAME_SOON)) {
            playWithDelay(relay);
            assertPlaysUnderLoss(relay, 0);
            Eventually.holds(
                    "no packet is missing", () -> Playback.of(browser).video().packetsLost() == 0);
            assertThat(Playback.of(browser).video().keyFramesDecoded())
                    .as("key frames, or else a packet may have been given up")
                    .isEqualTo(1);
            TestPattern.assertIsShownBy(browser);
            assertThat(relay.exceptionsLogged()).isEmpty();
        }
    }

    /// A complete key frame makes Chromium forget what it has asked for before it. It asks at once and then each
    /// 100 ms: of the frames right before a key frame a packet is lost for good whose loss is followed by that of
    /// the request or of the answer. That is 0.5 % of 9 x 20 packets, 0.9 on average, and more than `GIVEN_UP_MAX`
    /// in one run of 200,000. The picture skips to the key frame, which counts as a freeze when it takes 150 ms
    /// longer than usual: more than `SKIPS_MAX` in 1.3 % of watches.
    @Test
    void withKeyFramesEachSecondOnlyWhatIsLostTwiceBeforeOneIsGivenUp() throws Exception {
        try (RelayProgram relay = RelayProgram.start(folder, Map.of("profile", "best"));
                var _ = publish(relay, Video.H264, Transport.TCP, ONE_SECOND)) {
            playWithDelay(relay);
            assertPlaysUnderLoss(relay, SKIPS_MAX);
            Eventually.holds(
                    "no more packets are missing than were given up",
                    () -> Playback.of(browser).video().packetsLost() <= GIVEN_UP_MAX);
            TestPattern.assertIsShownBy(browser);
            assertThat(relay.exceptionsLogged()).isEmpty();
        }
    }

    /// At full speed and without a freeze while 5 % are lost both ways. A browser that shares two cores with
    /// everything else can freeze by itself, so one of two watches has to be smooth; where what is lost is not sent
    /// again, none ever is.
    private static void assertPlaysUnderLoss(RelayProgram relay, long freezesMax) throws Exception {
        long freezes = freezesUnderLoss(relay);
        if (freezes > freezesMax) {
            freezes = freezesUnderLoss(relay);
        }
        assertThat(freezes).as("freezes").isLessThanOrEqualTo(freezesMax);
        assertThat(relay.metric("relay_rtp_retransmissions_out_total"))
                .as("packets sent again")
                .isGreaterThan(10);
    }

    private static long freezesUnderLoss(RelayProgram relay) throws Exception {
        Playback before = Playback.of(browser);
        long beforeNs = System.nanoTime();
        try (var _ = UdpLoss.start(relay.address("webrtc").getPort(), LOSS_PERCENT)) {
            Thread.sleep(WATCH_LOSS);
        }
        Playback after = Playback.of(browser);
        double seconds = (System.nanoTime() - beforeNs) / 1e9;
        assertThat((after.video().framesDecoded() - before.video().framesDecoded()) / seconds)
                .as("frames decoded per second")
                .isGreaterThan(25);
        // what was lost last is still in the player's delay
        Thread.sleep(SETTLE);
        return Playback.of(browser).video().freezes() - before.video().freezes();
    }

    @ParameterizedTest
    @EnumSource
    void withoutNackLossFreezesThePicture(Video video) throws Exception {
        try (RelayProgram relay = RelayProgram.start(folder, Map.of("profile", "best", "nack", "off"));
                var _ = publish(relay, video, Transport.TCP, ONE_SECOND)) {
            play(relay);
            long freezesBefore = Playback.of(browser).video().freezes();
            try (var _ = UdpLoss.start(relay.address("webrtc").getPort(), LOSS_PERCENT)) {
                Thread.sleep(WATCH_LOSS);
            }
            Playback after = Playback.of(browser);
            assertThat(after.video().freezes()).as("freezes").isGreaterThan(freezesBefore);
            assertThat(after.video().packetsLost()).as("packets lost for good").isGreaterThan(10);
            assertThat(relay.metric("relay_rtp_retransmissions_out_total")).isZero();
            assertThat(relay.exceptionsLogged()).isEmpty();
        }
    }

    private FfmpegPublisher publish(RelayProgram relay, Video video, Transport transport, Duration keyFrameInterval)
            throws IOException {
        return FfmpegPublisher.start(
                relay.rtsp("cam"), video, transport, keyFrameInterval, folder.resolve("ffmpeg.log"));
    }

    /// Returns when the page decodes video, with its sound on.
    private static void play(RelayProgram relay) throws InterruptedException {
        relay.awaitMedia();
        browser.open(relay.http("/cam/"));
        browser.evaluate("document.querySelector('video').muted = false");
        Eventually.holds(
                "frames are decoded", () -> Playback.of(browser).video().framesDecoded() > 0);
    }

    /// Chromium knows no round trip time of a sender that it only receives from, and asks again each 100 to 120 ms: a
    /// delay of 600 ms leaves time for six requests.
    ///
    /// The burst that a late joiner gets misleads its estimate of the sender's clock: the delay sinks to 480 ms and
    /// jumps back after 5 and 13 s, also without loss. These jumps of 120 ms come near the 150 ms of a freeze.
    private static void playWithDelay(RelayProgram relay) throws InterruptedException {
        play(relay);
        browser.evaluate(
                "peerConnections.forEach(c => c.getReceivers().forEach(receiver => receiver.jitterBufferTarget = 600))");
        Thread.sleep(SETTLE_DELAY);
    }

    /// The W3C name (webrtc-stats, `srtpCipher`) of a setting of the relay.
    private static String cipher(String srtp) {
        return switch (srtp) {
            case "aes-cm-sha1" -> "SRTP_AES128_CM_HMAC_SHA1_80";
            case "aes-gcm" -> "SRTP_AEAD_AES_128_GCM";
            default -> throw new IllegalArgumentException("srtp is not a setting of the relay: " + srtp);
        };
    }
}
