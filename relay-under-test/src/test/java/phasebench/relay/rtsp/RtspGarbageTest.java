package phasebench.relay.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import phasebench.relay.rtp.RtpPackets;

/// Garbage in every form, seeded; nothing may escape, stay behind, or disturb a publisher that behaves.
class RtspGarbageTest {
    private static final RtspLimits LIMITS =
            new RtspLimits(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(10), 256);

    @Test
    void bytesThatAreNoRequestAreAnsweredWith400AndTheEndOfTheConnection() throws Exception {
        String[] garbage = {
            "\u0016\u0003\u0001 hello",
            "get / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
            "OPTIONS\r\n\r\n",
            "OPTIONS * RTSP/1.0\r\nno header\r\n\r\n",
            "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nContent-Length: -5\r\n\r\n",
            "OPTIONS * RTSP/1.0\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n",
            "OPTIONS * RTSP/1.0\r\nA: " + "b".repeat(1 << 20) + "\r\n\r\n",
            "OPTIONS * RTSP/1.0\r\n" + "A: b\r\n".repeat(200_000),
        };
        try (RunningServer server = new RunningServer(LIMITS)) {
            for (String text : garbage) {
                try (RtspClient client = new RtspClient(server.address())) {
                    client.write(text);
                    assertThat(client.response().code()).as(head(text)).isEqualTo(400);
                    client.shutdownOutput();
                    assertThat(client.isEnded()).isTrue();
                }
            }
            try (RtspClient client = new RtspClient(server.address())) {
                client.write("OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nContent-Length: 65537\r\n\r\n");
                assertThat(client.response().code()).isEqualTo(413);
            }
        }
    }

    @Test
    void whatIsEchoedStaysOnItsLine() throws Exception {
        try (RunningServer server = new RunningServer(LIMITS);
                RtspClient client = new RtspClient(server.address())) {
            RtspClient.Response response = client.request("SETUP", "cam", "", "Require: a\u00e4\tb" + "c".repeat(2000));
            assertThat(response.reason())
                    .startsWith("Option Not Supported: Require: a")
                    .hasSizeLessThan(400);
        }
    }

    @Test
    void sessionsBrokenAnywhereDisturbNobody() throws Exception {
        String sdp = SessionDescriptionTest.recorded("gstreamer-1.22.0-h264-opus.sdp");
        Random random = new Random(20_261_122);
        try (RunningServer server = new RunningServer(LIMITS);
                RtspClient publisher = new RtspClient(server.address())) {
            publisher.announce("good", sdp);
            publisher.setUp("good/stream=1", "RTP/AVP/TCP;interleaved=0-1");
            assertThat(publisher.request("RECORD", "good", "").code()).isEqualTo(200);
            RecordingIngest.Recording recording = server.recording(1);
            for (int i = 0; i < 300; i++) {
                try (RtspClient client = new RtspClient(server.address())) {
                    if (random.nextBoolean()) {
                        client.write(broken(random, requests(client, sdp, random)));
                    } else {
                        client.announce("bad" + i, sdp);
                        client.setUp("bad" + i + "/stream=1", "RTP/AVP/TCP;interleaved=0-1");
                        assertThat(client.request("RECORD", "bad" + i, "").code())
                                .isEqualTo(200);
                        client.write(broken(random, frames(client, random)));
                    }
                } catch (IOException e) {
                    // the server has closed the connection already
                    assertThat(e).hasMessageMatching("Broken pipe|Connection reset.*");
                }
                publisher.writeFrame(0, RtpPackets.rtp(true, i, i * 3000L, (byte) 0x41, (byte) 0x88));
            }

            assertThat(server.ingest.await(() -> recording.units(0).size() == 300))
                    .isTrue();
            assertThat(publisher.request("TEARDOWN", "good", "").code()).isEqualTo(200);
        }
    }

    /// All that a publisher writes before it records.
    private static byte[] requests(RtspClient client, String sdp, Random random) {
        String transport = random.nextBoolean() ? "RTP/AVP/TCP;interleaved=0-1" : "RTP/AVP;client_port=5000-5001";
        String text = client.text("OPTIONS", "bad", "")
                + client.text("ANNOUNCE", "bad", sdp, "Content-Type: application/sdp")
                + client.text("SETUP", "bad/stream=1", "", "Transport: " + transport)
                + client.text("RECORD", "bad", "");
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// What it writes while it records, with payloads that are none.
    private static byte[] frames(RtspClient client, Random random) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < 20; i++) {
            byte[] payload = new byte[random.nextInt(300)];
            random.nextBytes(payload);
            bytes.writeBytes(RtspClient.frame(random.nextInt(4), RtpPackets.rtp(random.nextBoolean(), i, i, payload)));
        }
        bytes.writeBytes(client.text("TEARDOWN", "bad", "").getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    /// Cut off, with bytes overwritten, or replaced as a whole.
    private static byte[] broken(Random random, byte[] whole) {
        byte[] bytes = whole.clone();
        switch (random.nextInt(3)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> random.nextBytes(bytes);
            default -> {
                for (int i = 0; i < 1 + random.nextInt(20); i++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
            }
        }
        return bytes;
    }

    private static String head(String text) {
        return text.substring(0, Math.min(60, text.length()));
    }
}
