package phasebench.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phasebench.relay.dtls.DtlsIdentity;
import phasebench.relay.rtp.TrackFormat;

/// What WHEP and the pages answer over HTTP.
class WhepIT {
    private static final String SDP = "application/sdp";
    private static final String FINGERPRINT = DtlsIdentity.generate().fingerprint();

    private TestRelay relay;

    @BeforeEach
    void start() {
        relay = new TestRelay(RelayConfig.DEFAULT.settings());
        relay.publish("site/cam", new TrackFormat.H264("42c01f"), new TrackFormat.Opus(2));
    }

    @AfterEach
    void stop() {
        relay.close();
    }

    @Test
    void anOfferIsAnsweredWithALocationAndAStrongETag() {
        var response = post("/site/cam/whep", SDP, TestOffer.of(TestOffer.H264, TestOffer.OPUS));
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(header(response, "Content-Type")).isEqualTo(SDP);
        assertThat(header(response, "Location")).matches("/site/cam/whep/[A-Za-z0-9_-]{22}");
        assertThat(header(response, "ETag")).matches("\"[^\"]+\"");
        assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(header(response, "Access-Control-Expose-Headers")).contains("Location", "ETag");
        assertThat(response.body())
                .contains("a=ice-lite\r\n", "a=group:BUNDLE 0 1\r\n", "a=setup:passive\r\n")
                .contains("m=video " + relay.relay().addresses().webrtc().getPort() + " UDP/TLS/RTP/SAVPF 108\r\n")
                .contains("a=rtcp-fb:108 nack pli\r\n", "a=rtcp-fb:108 ccm fir\r\n")
                .doesNotContain("a=rtcp-fb:108 nack\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /site/cam/whep  | application/sdp  | v=0                    | 400 | no m= line
                    /site/cam/whep  | application/sdp  | hello                  | 400 | does not begin with v=0
                    /site/cam/whep  | application/sdp  | ''                     | 400 | does not begin with v=0
                    /nothing/whep   | application/sdp  | v=0                    | 404 | nobody publishes this stream
                    /site/cam/whep  | application/json | {}                     | 415 | application/sdp
                    /site/cam/      | application/sdp  | v=0                    | 405 | GET
                    """)
    void aWrongRequestIsToldWhy(String path, String contentType, String body, int status, String reason) {
        var response = TestViewer.post(relay.url(path), contentType, body);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains(reason);
    }

    @Test
    void aStreamOfOtherCodecsIsNotAcceptable() {
        var response = post("/site/cam/whep", SDP, TestOffer.of(TestOffer.VP8));
        assertThat(response.statusCode()).isEqualTo(406);
        assertThat(response.body()).contains("H264").contains("Opus");
    }

    @Test
    void anOfferThatIsTooLargeIsRefused() {
        var large = "v=0\r\n" + "a=x\r\n".repeat(40_000);
        assertThat(TestViewer.post(relay.whep("site/cam"), SDP, large).statusCode())
                .isEqualTo(413);
    }

    @Test
    void anOfferWithoutFingerprintOrIceIsRefused() {
        var offer = TestOffer.of(TestOffer.H264).sdp(FINGERPRINT);
        for (var attribute : new String[] {"fingerprint", "ice-ufrag", "ice-pwd", "setup", "mid"}) {
            var without = offer.replaceAll("a=" + attribute + ":.*\r\n", "");
            var response = TestViewer.post(relay.whep("site/cam"), SDP, without);
            assertThat(response.statusCode()).as(attribute).isEqualTo(400);
            assertThat(response.body()).contains("a=" + attribute);
        }
    }

    @ParameterizedTest
    @CsvSource({"/site/cam/whep, POST", "/site/cam/whep/abc, DELETE"})
    void browsersOfOtherOriginsMayAsk(String path, String method) {
        var options = request(path, "OPTIONS");
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(header(options, "Access-Control-Allow-Methods")).contains(method);
        assertThat(header(options, "Access-Control-Allow-Headers")).contains("Content-Type");
        var patch = request(path, "PATCH");
        assertThat(patch.statusCode()).isEqualTo(405);
        assertThat(header(patch, "Allow")).contains(method);
    }

    @Test
    void aSessionThatIsNotThereCannotBeDeleted() {
        assertThat(request("/site/cam/whep/AAAAAAAAAAAAAAAAAAAAAA", "DELETE").statusCode())
                .isEqualTo(404);
    }

    @Test
    void pagesAndMetricsAreServed() {
        assertThat(request("/", "GET").body()).contains("href=\"/site/cam/\"", "H264", "Opus");
        assertThat(request("/site/cam/", "GET").body()).contains("<video", "whep");
        assertThat(header(request("/site/cam", "GET"), "Location")).isEqualTo("/site/cam/");
        assertThat(request("/other", "GET").statusCode()).isEqualTo(404);
        assertThat(request("/%3Cscript%3E/", "GET").statusCode()).isEqualTo(404);
        var metrics = request("/metrics", "GET").body();
        assertThat(metrics)
                .contains("\nrelay_rtp_packets_out_total 0\n", "\njvm_threads_virtual ", "relay_drops_total{reason=")
                .contains("\nrelay_rtcp_packets_in_total{type=\"RR\"} 0\n")
                .endsWith("# EOF\n");
    }

    @Test
    void aMegabyteOfHeadersIsCutOff() throws IOException {
        var address = relay.relay().addresses().http();
        try (var socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setSoTimeout(10_000);
            var out = socket.getOutputStream();
            out.write("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
            var header = ("X-Filler: " + "y".repeat(1000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            assertThat(isCutOff(socket, header)).isTrue();
        }
        assertThat(request("/", "GET").statusCode()).isEqualTo(200);
    }

    private static boolean isCutOff(Socket socket, byte[] header) throws IOException {
        try {
            for (int i = 0; i < 1000; i++) {
                socket.getOutputStream().write(header);
            }
            var status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return status.isEmpty() || status.startsWith("HTTP/1.1 4");
        } catch (java.net.SocketException _) {
            return true;
        }
    }

    private HttpResponse<String> post(String path, String contentType, TestOffer offer) {
        return TestViewer.post(relay.url(path), contentType, offer.sdp(FINGERPRINT));
    }

    private HttpResponse<String> request(String path, String method) {
        URI url = relay.url(path);
        return TestViewer.send(HttpRequest.newBuilder(url)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build());
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
