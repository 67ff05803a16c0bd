package phasebench.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.rtp.AccessUnit;
import phasebench.relay.rtp.TrackFormat;
import phasebench.relay.srtp.SrtpProfile;

/// What every combination of settings must do alike: viewers get what was published, byte for byte, in order.
class ForwardingIT {
    private static final int UNIT_COUNT = 60;

    private final TestMedia media = new TestMedia();

    static Stream<RelaySettings> settings() {
        var start = RelayConfig.DEFAULT.settings();
        return Stream.of(
                        Stream.of(RelaySettings.Srtp.values()).map(start::withSrtp),
                        Stream.of(RelaySettings.Send.values()).map(start::withSend),
                        Stream.of(RelaySettings.Copies.values()).map(start::withCopies),
                        Stream.of(RelaySettings.Buffers.values()).map(start::withBuffers),
                        Stream.of(RelaySettings.Nack.values()).map(start::withNack),
                        Stream.of(RelaySettings.Threads.values()).map(start::withThreads))
                .flatMap(variants -> variants)
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void viewersGetTheSameBytesInOrder(RelaySettings settings) {
        try (var relay = new TestRelay(settings);
                var publication = relay.publish("cam", new TrackFormat.H264("42e01f"), new TrackFormat.Opus(2));
                var first = TestViewer.play(relay.whep("cam"), TestOffer.of(TestOffer.H264, TestOffer.OPUS));
                var second = TestViewer.play(relay.whep("cam"), TestOffer.of(TestOffer.OPUS, TestOffer.H264))) {
            relay.awaitViewers("cam", 2);
            var video = new ArrayList<AccessUnit>();
            var audio = new ArrayList<AccessUnit>();
            for (int i = 0; i < UNIT_COUNT; i++) {
                video.add(media.h264(i, i % 30 == 0, 0xffff_0000L + 3000L * i & 0xffff_ffffL));
                audio.add(media.opus(960L * i));
                publication.accessUnit(0, video.getLast());
                publication.accessUnit(1, audio.getLast());
                Waiting.pause(Duration.ofMillis(5));
            }
            for (var viewer : List.of(first, second)) {
                assertSame(viewer.received().track(108), video);
                assertSame(viewer.received().track(111), audio);
            }
            assertThat(first.keys().profile())
                    .isEqualTo(settings.crypto().srtp().preference().getFirst());
            assertCounters(relay, settings, first, second);
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void vp8GoesThroughUnchanged(RelaySettings settings) {
        try (var relay = new TestRelay(settings);
                var publication = relay.publish("site/cam", new TrackFormat.Vp8());
                var viewer = TestViewer.play(relay.whep("site/cam"), TestOffer.of(TestOffer.VP8, TestOffer.OPUS))) {
            relay.awaitViewers("site/cam", 1);
            var video = new ArrayList<AccessUnit>();
            for (int i = 0; i < UNIT_COUNT; i++) {
                video.add(media.vp8(i, i == 0, 3000L * i));
                publication.accessUnit(0, video.getLast());
                Waiting.pause(Duration.ofMillis(5));
            }
            assertSame(viewer.received().track(96), video);
            assertThat(viewer.answer()).contains("m=audio 0 ").contains("a=inactive");
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aViewerWithOneProfileGetsIt(RelaySettings settings) {
        var other = settings.crypto().srtp().preference().getLast();
        try (var relay = new TestRelay(settings);
                var _ = relay.publish("cam", new TrackFormat.Opus(2));
                var server = TestViewer.play(
                        relay.whep("cam"), TestOffer.of(TestOffer.OPUS).withProfiles(other));
                var client = TestViewer.play(
                        relay.whep("cam"), TestOffer.of(TestOffer.OPUS).withSetup("passive"))) {
            assertThat(server.keys().profile()).isEqualTo(other);
            assertThat(client.keys().profile()).isIn((Object[]) SrtpProfile.values());
            relay.awaitViewers("cam", 2);
            assertThat(relay.count(RelayCounter.SRTP_FALLBACKS)).isPositive();
        }
    }

    private static void assertCounters(TestRelay relay, RelaySettings settings, TestViewer first, TestViewer second) {
        long packets = Stream.of(first, second)
                .mapToLong(viewer -> viewer.received().track(108).packetCount()
                        + viewer.received().track(111).packetCount())
                .sum();
        assertThat(relay.count(RelayCounter.RTP_PACKETS_OUT)).isEqualTo(packets);
        assertThat(relay.count(RelayCounter.SEND_FALLBACKS)).isZero();
        assertThat(relay.count(RelayCounter.DROP_SLOW_VIEWER)).isZero();
        assertThat(relay.count(RelayCounter.GSO_FALLBACKS)).isZero();
        boolean isGso = settings.forwarding().send() == RelaySettings.Send.GSO;
        assertThat(relay.count(RelayCounter.GSO_MESSAGES) > 0).isEqualTo(isGso);
        if (settings.forwarding().send() != RelaySettings.Send.SINGLE) {
            assertThat(relay.count(RelayCounter.SEND_CALLS))
                    .isLessThan(relay.count(RelayCounter.SEND_DATAGRAMS) * 2 / 3);
        }
    }

    private static void assertSame(ReceivedMedia.Track track, List<AccessUnit> published) {
        Waiting.until(
                () -> track.units().size() >= published.size(),
                () -> track.units().size() + " units");
        assertThat(track.gaps()).isZero();
        long offset =
                track.units().getFirst().rtpTimestamp() - published.getFirst().rtpTimestamp();
        for (int i = 0; i < published.size(); i++) {
            var sent = published.get(i);
            var got = track.units().get(i);
            assertThat(got.units()).hasSameSizeAs(sent.units());
            for (int unit = 0; unit < sent.units().size(); unit++) {
                assertThat(got.units().get(unit)).isEqualTo(sent.units().get(unit));
            }
            assertThat(got.rtpTimestamp() - sent.rtpTimestamp() & 0xffff_ffffL).isEqualTo(offset & 0xffff_ffffL);
        }
    }
}
