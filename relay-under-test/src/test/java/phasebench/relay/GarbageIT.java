package phasebench.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.rtp.TrackFormat;

/// Random bytes on every port, while a viewer plays: it must not notice, and nothing may fail or pile up.
class GarbageIT {
    private static final int ROUND_COUNT = 300;

    private final Random random = new Random(7);
    private final TestMedia media = new TestMedia();

    @Test
    void garbageOnEveryPortDisturbsNobody() throws IOException {
        try (var relay = new TestRelay(RelayConfig.DEFAULT.settings());
                var publication = relay.publish("cam", new TrackFormat.H264("42e01f"));
                var viewer = TestViewer.play(relay.whep("cam"), TestOffer.of(TestOffer.H264));
                var other = TestViewer.play(relay.whep("cam"), TestOffer.of(TestOffer.H264))) {
            relay.awaitViewers("cam", 2);
            for (int i = 0; i < ROUND_COUNT; i++) {
                publication.accessUnit(0, media.h264(i, i % 100 == 0, 3000L * i));
                for (int burst = 0; burst < 20; burst++) {
                    other.raw(datagram(i + burst));
                }
                if (i % 10 == 0) {
                    tcp(relay.relay().addresses().rtsp());
                    tcp(relay.relay().addresses().http());
                    TestViewer.post(relay.whep("cam"), "application/sdp", mangledOffer());
                }
                Waiting.pause(Duration.ofMillis(2));
            }
            var track = viewer.received().track(108);
            Waiting.until(
                    () -> track.units().size() == ROUND_COUNT,
                    () -> track.units().size());
            assertThat(track.gaps()).isZero();
            assertThat(relay.count(RelayCounter.DROP_INTERNAL_ERROR)).isZero();
            assertThat(relay.gauge("relay_session_addresses")).isEqualTo(2);
        }
    }

    /// Random, but of a kind that gets past the first byte: STUN, DTLS, RTCP, RTP.
    private byte[] datagram(int index) {
        var bytes = new byte[random.nextInt(1500)];
        random.nextBytes(bytes);
        var firsts = new byte[] {0, 1, 20, 21, 22, 23, (byte) 0x80, (byte) 0x81, 64};
        if (bytes.length > 2) {
            bytes[0] = firsts[index % firsts.length];
            if (bytes[0] < 0) {
                bytes[1] = (byte) (200 + index % 7);
            }
        }
        return bytes;
    }

    private String mangledOffer() {
        var offer = new StringBuilder(TestOffer.of(TestOffer.H264).sdp("sha-256 " + "AB:".repeat(31) + "AB"));
        offer.setLength(random.nextInt(offer.length()));
        for (int i = 0; i < 3 && !offer.isEmpty(); i++) {
            offer.setCharAt(random.nextInt(offer.length()), (char) random.nextInt(256));
        }
        return offer.toString();
    }

    private void tcp(InetSocketAddress address) throws IOException {
        var openings = List.of(
                "", "GET / HTTP/1.1\r\n", "ANNOUNCE rtsp://x/y RTSP/1.0\r\nContent-Length: 9999999\r\n\r\n", "$");
        try (var socket = new Socket(address.getAddress(), address.getPort())) {
            var bytes = new byte[random.nextInt(5000)];
            random.nextBytes(bytes);
            socket.getOutputStream().write(openings.get(random.nextInt(4)).getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(bytes);
        } catch (java.net.SocketException _) {
            // cut off, as it should be
        }
    }
}
