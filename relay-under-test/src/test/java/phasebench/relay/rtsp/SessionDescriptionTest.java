package phasebench.relay.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phasebench.relay.rtp.TrackFormat;

class SessionDescriptionTest {
    private static final String HEAD = "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=x\r\nt=0 0\r\n";
    private static final String VP8 = HEAD + "m=video 0 RTP/AVP 96\r\na=rtpmap:96 VP8/90000\r\n";

    @Test
    void ffmpegH264AndOpus() throws Exception {
        SessionDescription description = SessionDescription.parse(recorded("ffmpeg-5.1.9-h264-opus.sdp"));

        assertThat(description.tracks())
                .extracting(AnnouncedTrack::format)
                .containsExactly(new TrackFormat.H264("42c00d"), new TrackFormat.Opus(2));
        assertThat(description.tracks()).extracting(AnnouncedTrack::payloadType).containsExactly(96, 97);
        assertThat(description.tracks().getFirst().parameterSets())
                .extracting(set -> set[0] & 0x1f)
                .containsExactly(7, 8);
    }

    @Test
    void ffmpegVp8AndOpus() throws Exception {
        assertThat(SessionDescription.parse(recorded("ffmpeg-5.1.9-vp8-opus.sdp"))
                        .tracks())
                .extracting(AnnouncedTrack::format)
                .containsExactly(new TrackFormat.Vp8(), new TrackFormat.Opus(2));
    }

    @Test
    void tracksOfGstreamerAreFoundByTheirControlNotTheirOrder() throws Exception {
        SessionDescription description = SessionDescription.parse(recorded("gstreamer-1.22.0-h264-opus.sdp"));
        RtspUrl announced = RtspUrl.parse("rtsp://127.0.0.1:8554/cam");

        assertThat(description.tracks())
                .extracting(AnnouncedTrack::format)
                .containsExactly(new TrackFormat.H264("f4000d"), new TrackFormat.Opus(1));
        assertThat(description.trackOf(RtspUrl.parse("rtsp://127.0.0.1:8554/cam/stream=1"), announced, null))
                .isZero();
        assertThat(description.trackOf(RtspUrl.parse("rtsp://other/cam/stream=0/"), announced, null))
                .isEqualTo(1);
        assertThat(description.trackOf(announced, announced, null)).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({
        "track1, rtsp://h/cam/track1",
        "track1, rtsp://h/cam/track1?user=x",
        "track1, rtsp://h/cam?user=x/track1",
        "/track1, rtsp://h/cam/track1",
        "rtsp://elsewhere:1/a/b?c=d, rtsp://h/a/b?c=d",
        "track1, rtsp://h/base/track1",
        "*, rtsp://h/cam",
        "'', rtsp://h/cam/",
    })
    void controlsAreRelativeOrAbsolute(String control, String setUp) throws Exception {
        String sdp = VP8 + (control.isEmpty() ? "" : "a=control:" + control + "\r\n");
        SessionDescription description = SessionDescription.parse(sdp);

        assertThat(description.trackOf(
                        RtspUrl.parse(setUp), RtspUrl.parse("rtsp://h/cam?user=x"), RtspUrl.parse("rtsp://h/base/")))
                .isZero();
        assertThat(description.trackOf(RtspUrl.parse("rtsp://h/cam/other"), RtspUrl.parse("rtsp://h/cam"), null))
                .isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "H265/90000 | 415 | video is H265/90000; allowed: H264/90000, VP8/90000, opus/48000/2",
                "H264/90000;packetization-mode=2 | 415 | packetization-mode is 2; allowed: 0, 1",
                "H264/90000;profile-level-id=42 | 400 | profile-level-id is 42; allowed: six hexadecimal digits",
                "H264/90000;sprop-parameter-sets=!! | 400 | sprop-parameter-sets is not base64: !!",
            })
    void whatCannotBeCarriedIsSaid(String encoding, int code, String why) {
        String[] parts = encoding.split(";", -1);
        String sdp = HEAD + "m=video 0 RTP/AVP 96\na=rtpmap:96 " + parts[0] + "\n"
                + (parts.length > 1 ? "a=fmtp:96 " + parts[1] + "\n" : "");

        assertRefused(sdp, code, why);
    }

    @Test
    void whatIsNoDescriptionIsRefused() {
        assertRefused("", 400, "session description does not begin with v=0");
        assertRefused("v=1\r\n", 400, "session description does not begin with v=0");
        assertRefused(HEAD, 400, "session description has 0 media; allowed: 1 to 8");
        assertRefused(HEAD + "nonsense\r\n", 400, "session description has a line that is not 'x=...'");
        assertRefused(HEAD + "m=video\r\n", 400, "m=video is not 'm=KIND PORT PROTOCOL FORMAT'");
        assertRefused(
                HEAD + "m=video 0 RTP/SAVP 96\r\n", 415, "m=video 0 RTP/SAVP 96: protocol RTP/SAVP; allowed: RTP/AVP");
        assertRefused(
                HEAD + "m=audio 0 RTP/AVP 0\r\n",
                415,
                "audio is payload type 0; allowed: H264/90000, VP8/90000, opus/48000/2");
    }

    @Test
    void theProfileComesFromTheParameterSetsIfNothingElseTellsIt() throws Exception {
        String h264 = HEAD + "m=video 0 RTP/AVP 96\na=rtpmap:96 h264/90000\n";

        assertThat(SessionDescription.parse(h264 + "a=fmtp:96 sprop-parameter-sets=Z01AH9o=\n")
                        .tracks())
                .extracting(AnnouncedTrack::format)
                .containsExactly(new TrackFormat.H264("4d401f"));
        assertThat(SessionDescription.parse(h264).tracks())
                .extracting(AnnouncedTrack::format)
                .containsExactly(new TrackFormat.H264("420010"));
    }

    private static void assertRefused(String sdp, int code, String why) {
        assertThatThrownBy(() -> SessionDescription.parse(sdp))
                .hasMessage(why)
                .isInstanceOfSatisfying(
                        RtspRefusal.class, e -> assertThat(e.status().code()).isEqualTo(code));
    }

    static String recorded(String name) throws IOException {
        try (InputStream in = SessionDescriptionTest.class.getResourceAsStream("/recorded/" + name)) {
            if (in == null) {
                throw new IOException("no resource recorded/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
