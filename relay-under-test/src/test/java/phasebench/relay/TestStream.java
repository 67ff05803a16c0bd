package phasebench.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import phasebench.relay.rtp.AccessUnit;
import phasebench.relay.rtp.TrackFormat;

/// One stream of video and Opus at a relay: its publisher, what was published, and whether a viewer got just that.
final class TestStream implements AutoCloseable {
    private static final int KEY_FRAME_EVERY = 12;
    private static final int OPUS_PAYLOAD_TYPE = 111;

    /// What the two kinds of video differ in.
    enum Video {
        H264(TestOffer.H264, 108),
        VP8(TestOffer.VP8, 96);

        private final String offer;
        private final int payloadType;

        Video(String offer, int payloadType) {
            this.offer = offer;
            this.payloadType = payloadType;
        }

        TrackFormat format() {
            return this == H264 ? new TrackFormat.H264("42e01f") : new TrackFormat.Vp8();
        }
    }

    private final TestRelay relay;
    private final String path;
    private final Video kind;
    private final TestPublisher publisher;
    private final TestMedia media = new TestMedia();
    private final List<AccessUnit> video = new ArrayList<>();
    private final List<AccessUnit> audio = new ArrayList<>();
    private boolean hasEnded;

    TestStream(TestRelay relay, String path, Video kind) {
        this.relay = relay;
        this.path = path;
        this.kind = kind;
        this.publisher =
                new TestPublisher(relay.relay().addresses().rtsp(), path, kind.format(), new TrackFormat.Opus(2));
    }

    /// Returns when the viewer is one of the stream's.
    TestViewer join() {
        var live = relay.relay().streams().find(path);
        int before = live == null ? 0 : live.viewerCount();
        var viewer = TestViewer.play(relay.whep(path), TestOffer.of(kind.offer, TestOffer.OPUS));
        relay.awaitViewers(path, before + 1);
        return viewer;
    }

    /// Publishes the next picture and the next sound. Every second key frame has no parameter sets with it. Timestamps
    /// wrap.
    void publishNext() {
        int i = video.size();
        boolean isKeyFrame = i % KEY_FRAME_EVERY == 0;
        long timestamp = 0xffff_8000L + 3000L * i & 0xffff_ffffL;
        video.add(
                switch (kind) {
                    case H264 ->
                        i % (2 * KEY_FRAME_EVERY) == KEY_FRAME_EVERY
                                ? media.bareIdr(timestamp)
                                : media.h264(i, isKeyFrame, timestamp);
                    case VP8 -> media.vp8(i, isKeyFrame, timestamp);
                });
        audio.add(media.opus(960L * i));
        publisher.publish(0, video.getLast());
        publisher.publish(1, audio.getLast());
    }

    /// How many pictures were published, and as many sounds.
    int publishedCount() {
        return video.size();
    }

    /// Of the newest key frame.
    int keyFrameIndex() {
        return (video.size() - 1) / KEY_FRAME_EVERY * KEY_FRAME_EVERY;
    }

    /// Waits for all units from one to before another, and sees that they are what was published, in order, and no
    /// others.
    void assertGot(TestViewer viewer, int from, int to) {
        assertSame(videoOf(viewer), video.subList(from, to));
        assertSame(viewer.received().track(OPUS_PAYLOAD_TYPE), audio.subList(from, to));
        assertThat(viewer.received().forgeries()).isZero();
        assertThat(viewer.received().replays()).isZero();
    }

    ReceivedTrack videoOf(TestViewer viewer) {
        return viewer.received().track(kind.payloadType);
    }

    /// A sender report of each track came with its first packets.
    void assertReported(TestViewer viewer) {
        for (var track : List.of(videoOf(viewer), viewer.received().track(OPUS_PAYLOAD_TYPE))) {
            Waiting.until(() -> !track.reports().isEmpty(), () -> "no sender report");
        }
    }

    private static void assertSame(ReceivedTrack track, List<AccessUnit> published) {
        Waiting.until(
                () -> track.units().size() >= published.size(),
                () -> track.units().size() + " units of " + published.size());
        assertThat(track.units()).hasSameSizeAs(published);
        assertThat(track.gaps()).isZero();
        long offset =
                track.units().getFirst().rtpTimestamp() - published.getFirst().rtpTimestamp();
        for (int i = 0; i < published.size(); i++) {
            assertSame(track.units().get(i), published.get(i), offset);
        }
    }

    /// Byte for byte, apart from parameter sets in front of key frames.
    static void assertSame(AccessUnit got, AccessUnit sent, long timestampOffset) {
        assertThat(got.rtpTimestamp() - sent.rtpTimestamp() & 0xffff_ffffL).isEqualTo(timestampOffset & 0xffff_ffffL);
        int inserted = got.units().size() - sent.units().size();
        assertThat(inserted).isIn(0, 2);
        if (inserted > 0) {
            assertThat(sent.isKeyFrame()).isTrue();
            assertThat(got.units().get(0)[0] & 0x1f).as("SPS").isEqualTo(7);
            assertThat(got.units().get(1)[0] & 0x1f).as("PPS").isEqualTo(8);
        }
        for (int i = 0; i < sent.units().size(); i++) {
            assertThat(got.units().get(inserted + i)).isEqualTo(sent.units().get(i));
        }
    }

    /// The publisher leaves.
    void end() {
        if (!hasEnded) {
            hasEnded = true;
            publisher.close();
        }
    }

    @Override
    public void close() {
        end();
    }
}
