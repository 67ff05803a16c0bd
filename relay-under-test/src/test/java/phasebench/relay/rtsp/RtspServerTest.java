package phasebench.relay.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phasebench.relay.rtp.AccessUnit;
import phasebench.relay.rtp.Rtcp;
import phasebench.relay.rtp.RtcpPacket;
import phasebench.relay.rtp.RtpPackets;
import phasebench.relay.rtp.TrackFormat;
import phasebench.relay.stream.StreamTakenException;

/// Publishers by script, over the loopback.
class RtspServerTest {
    private static final RtspLimits LIMITS =
            new RtspLimits(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMillis(50), 8);
    private static final TrackFormat H264 = new TrackFormat.H264("f4000d");

    private RunningServer server;
    private String sdp;

    RtspServerTest() throws IOException {
        server = new RunningServer(LIMITS);
        sdp = SessionDescriptionTest.recorded("gstreamer-1.22.0-h264-opus.sdp");
    }

    @BeforeEach
    void nothingIsPublished() {
        assertThat(server.ingest.all()).isEmpty();
    }

    @AfterEach
    void nothingStaysBehind() {
        server.close();
    }

    @Test
    void aPublisherOverTcpIsHeardAmongItsRequests() throws Exception {
        List<AccessUnit> pictures = RtpPackets.h264(new Random(1), 20, 90_000);
        List<RtpPackets.Packet> packets = RtpPackets.of(H264, pictures, 65_500);
        try (RtspClient client = new RtspClient(server.address())) {
            assertThat(client.request("OPTIONS", "site/cam", "").header("Public"))
                    .contains("ANNOUNCE", "SETUP", "RECORD", "TEARDOWN", "GET_PARAMETER", "SET_PARAMETER");
            assertThat(client.announce("site/cam", sdp).code()).isEqualTo(200);
            RtspClient.Response setUp = client.setUp("site/cam/stream=0", "RTP/AVP/TCP");
            assertThat(setUp.header("Session")).endsWith(";timeout=60");
            assertThat(setUp.header("Transport")).isEqualTo(tcp(0, 1));
            assertThat(client.setUp("site/cam/stream=1", tcp(4, 5)).header("Transport"))
                    .isEqualTo(tcp(4, 5));
            assertThat(client.request("RECORD", "site/cam", "", "Range: npt=0-").code())
                    .isEqualTo(200);
            client.writeFrame(5, senderReport(0x1122_3344_5566_7788L, 90_000));
            for (RtpPackets.Packet packet : packets) {
                client.writeFrame(4, packet.bytes());
                if (packet.sequence() % 10 == 0) {
                    assertThat(client.request("GET_PARAMETER", "site/cam", "").code())
                            .isEqualTo(200);
                }
            }
            RecordingIngest.Recording recording = server.recording(1);
            assertThat(client.request("TEARDOWN", "site/cam", "").code()).isEqualTo(200);

            assertThat(recording.isClosed()).isTrue();
            assertThat(recording.stream()).isEqualTo("site/cam");
            assertThat(recording.tracks()).containsExactly(H264, new TrackFormat.Opus(1));
            assertSame(recording.units(0), pictures);
            assertThat(recording.reports())
                    .containsExactly(new RecordingIngest.SenderReport(0, 0x1122_3344_5566_7788L, 90_000));
            assertThat(server.counters.count("rtp")).isEqualTo(packets.size());
            assertThat(server.counters.count("rtp_bytes"))
                    .isEqualTo(packets.stream().mapToLong(p -> p.bytes().length).sum());
            assertThat(server.counters.count("rtcp_in_SR")).isEqualTo(1);
        }
    }

    @Test
    void aPublisherOverUdpIsHeardWhateverTheOrderAndNobodyElse() throws Exception {
        List<AccessUnit> pictures = RtpPackets.h264(new Random(2), 10, 0);
        List<RtpPackets.Packet> packets = RtpPackets.of(H264, pictures, 7);
        try (RtspClient client = new RtspClient(server.address());
                DatagramSocket rtp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                DatagramSocket rtcp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                DatagramSocket stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            client.announce("cam", sdp);
            String transport = client.setUp("cam/stream=1", udp(rtp.getLocalPort(), rtcp.getLocalPort()))
                    .header("Transport");
            Matcher ports =
                    Pattern.compile(".*;server_port=(\\d+)-(\\d+);mode=record").matcher(transport);
            assertThat(ports.matches()).as(transport).isTrue();
            int serverPort = Integer.parseInt(ports.group(1));
            assertThat(serverPort % 2).isZero();
            assertThat(Integer.parseInt(ports.group(2))).isEqualTo(serverPort + 1);
            assertThat(client.request("RECORD", "cam", "").code()).isEqualTo(200);
            RecordingIngest.Recording recording = server.recording(1);

            send(stranger, packets.getFirst().bytes(), serverPort);
            send(rtcp, senderReport(1L << 40, 5), serverPort + 1);
            send(rtp, packets.getFirst().bytes(), serverPort);
            for (int i = 1; i + 1 < packets.size(); i += 2) {
                send(rtp, packets.get(i + 1).bytes(), serverPort);
                send(rtp, packets.get(i).bytes(), serverPort);
            }
            if (packets.size() % 2 == 0) {
                send(rtp, packets.getLast().bytes(), serverPort);
            }
            assertThat(server.ingest.await(() -> recording.units(0).size() == pictures.size()))
                    .as(server.counters::toString)
                    .isTrue();
            assertSame(recording.units(0), pictures);
            assertThat(recording.tracks()).containsExactly(H264);
            assertThat(server.counters.count("foreign_source")).isEqualTo(1);
            assertThat(server.ingest.await(() -> !recording.reports().isEmpty()))
                    .isTrue();

            Thread.sleep(60);
            send(rtp, RtpPackets.rtp(false, (packets.getLast().sequence() + 2) & 0xffff, 0, (byte) 0x41), serverPort);
            rtcp.setSoTimeout(10_000);
            DatagramPacket report = new DatagramPacket(new byte[200], 200);
            rtcp.receive(report);
            assertThat(report.getPort()).isEqualTo(serverPort + 1);
            assertReportOfOneLost(Arrays.copyOf(report.getData(), report.getLength()));
        }
        assertThat(server.ingest.await(() -> server.ingest.all().getFirst().isClosed()))
                .isTrue();
    }

    @Test
    void aPublisherOverTcpGetsReceiverReports() throws Exception {
        try (RtspClient client = recordingClient("cam")) {
            client.writeFrame(0, RtpPackets.rtp(true, 1, 0, (byte) 0x41, (byte) 0x88));
            server.ingest.await(() -> server.ingest.all().getFirst().units(0).size() == 1);
            Thread.sleep(60);
            client.writeFrame(0, RtpPackets.rtp(true, 3, 3000, (byte) 0x41, (byte) 0x88));

            byte[] frame = client.frame();

            assertThat(frame[1]).isEqualTo((byte) 1);
            assertReportOfOneLost(Arrays.copyOfRange(frame, 4, frame.length));
            assertThat(server.counters.count("rtcp_out_RR")).isEqualTo(1);
        }
    }

    @Test
    void aSecondPublisherIsToldThatTheStreamIsTakenAndTheFirstGoesOn() throws Exception {
        try (RtspClient first = recordingClient("cam");
                RtspClient second = new RtspClient(server.address())) {
            second.announce("cam", sdp);
            second.setUp("cam/stream=1", tcp(0, 1));
            RtspClient.Response refused = second.request("RECORD", "cam", "");

            assertThat(refused.code()).isEqualTo(403);
            assertThat(refused.reason()).isEqualTo("Forbidden: " + new StreamTakenException("cam").getMessage());
            first.writeFrame(0, RtpPackets.rtp(true, 1, 0, (byte) 0x41, (byte) 0x88));
            assertThat(server.ingest.await(
                            () -> server.ingest.all().getFirst().units(0).size() == 1))
                    .isTrue();

            first.shutdownOutput();
            assertThat(server.ingest.await(() -> server.ingest.all().getFirst().isClosed()))
                    .isTrue();
            assertThat(second.request("RECORD", "cam", "").code()).isEqualTo(200);
        }
    }

    @Test
    void requestsOutOfOrderOrWithWrongUrlsAreRefused() throws Exception {
        try (RtspClient client = new RtspClient(server.address())) {
            assertCode(client.setUp("cam/stream=1", tcp(0, 1)), 455);
            assertCode(client.request("RECORD", "cam", ""), 455);
            assertCode(client.request("TEARDOWN", "cam", ""), 454);
            assertCode(client.announce("", sdp), 404);
            assertCode(client.announce("a/../b", sdp), 400);
            assertCode(client.request("ANNOUNCE", "cam", sdp, "Content-Type: text/plain"), 415);
            assertCode(client.announce("cam", "v=0\r\n"), 400);
            assertCode(client.announce("cam", sdp), 200);
            assertCode(client.announce("cam", sdp), 455);
            assertCode(client.request("RECORD", "cam", ""), 455);
            assertCode(client.setUp("cam", tcp(0, 1)), 459);
            assertCode(client.setUp("cam/stream=7", tcp(0, 1)), 404);
            assertCode(client.request("SETUP", "cam/stream=1", ""), 400);
            assertCode(client.setUp("cam/stream=1", "RTP/AVP;multicast"), 461);
            assertCode(client.setUp("cam/stream=1", tcp(0, 1)), 200);
            assertCode(client.setUp("cam/stream=1", tcp(2, 3)), 455);
            assertCode(client.setUp("cam/stream=0", tcp(1, 2)), 400);
            assertCode(client.request("RECORD", "cam/stream=1", ""), 460);
            assertCode(client.request("RECORD", "other", ""), 404);
            client.useSession("nobody");
            assertCode(client.request("RECORD", "cam", ""), 454);
            client.response(client.text("OPTIONS", "cam", ""));
            assertCode(client.request("RECORD", "cam", ""), 200);
            assertCode(client.request("RECORD", "cam", ""), 455);
            assertCode(client.setUp("cam/stream=0", tcp(2, 3)), 455);
        }
    }

    @Test
    void methodsAndHeadersThatAreNotOfferedAreNamed() throws Exception {
        try (RtspClient client = new RtspClient(server.address())) {
            RtspClient.Response describe = client.request("DESCRIBE", "cam", "");
            assertCode(describe, 405);
            assertThat(describe.header("Allow")).contains("ANNOUNCE");
            assertThat(describe.header("CSeq")).isEqualTo("1");
            assertCode(client.request("TRICKLE", "cam", ""), 501);
            assertCode(client.request("OPTIONS", "cam", "", "Require: x-feature"), 551);
            assertCode(client.request("SET_PARAMETER", "cam", "volume: 11"), 451);
            assertCode(client.response("OPTIONS * RTSP/1.0\r\n\r\n"), 400);
            assertCode(client.response("\r\n\r\nOPTIONS * RTSP/1.0\nCSeq: 9\n\n"), 200);
            RtspClient.Response last = client.response("OPTIONS * RTSP/2.0\r\nCSeq: 1\r\n\r\n");
            assertThat(last.code() + " " + last.reason())
                    .isEqualTo("505 RTSP Version Not Supported: protocol is RTSP/2.0; allowed: RTSP/1.0");
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void aWriterOfOneByteAtATimeIsUnderstood() throws Exception {
        try (RtspClient client = new RtspClient(server.address())) {
            for (byte b : client.text("ANNOUNCE", "cam", sdp, "Content-Type: application/sdp")
                    .getBytes(StandardCharsets.UTF_8)) {
                client.write(new byte[] {b});
            }
            assertCode(client.response(), 200);
            client.setUp("cam/stream=1", tcp(0, 1));
            client.request("RECORD", "cam", "");
            for (byte b : RtspClient.frame(0, RtpPackets.rtp(true, 1, 0, (byte) 0x41, (byte) 0x88))) {
                client.write(new byte[] {b});
            }
            RecordingIngest.Recording recording = server.recording(1);
            assertThat(server.ingest.await(() -> recording.units(0).size() == 1))
                    .isTrue();
        }
    }

    @Test
    void packetsThatNobodyAskedForAreCounted() throws Exception {
        byte[] packet = RtpPackets.rtp(true, 1, 0, (byte) 0x41, (byte) 0x88);
        byte[] otherType = packet.clone();
        otherType[1] = 33;
        try (RtspClient client = new RtspClient(server.address())) {
            client.writeFrame(0, packet);
            client.announce("cam", sdp);
            client.setUp("cam/stream=1", tcp(0, 1));
            client.writeFrame(0, packet);
            client.request("RECORD", "cam", "");
            client.writeFrame(200, packet);
            client.writeFrame(0, otherType);
            client.writeFrame(0, new byte[3]);
            client.writeFrame(1, new byte[3]);
            client.writeFrame(0, new byte[65_535]);
            client.request("OPTIONS", "cam", "");
        }
        assertThat(server.counters.count("unknown_channel")).isEqualTo(2);
        assertThat(server.counters.count("before_record")).isEqualTo(1);
        assertThat(server.counters.count("foreign_payload_type")).isEqualTo(1);
        assertThat(server.counters.count("malformed_rtp")).isEqualTo(2);
        assertThat(server.counters.count("malformed_rtcp")).isEqualTo(1);
    }

    @Test
    void whoeverNeverAnnouncesOrFallsSilentIsLetGo() throws Exception {
        server.close();
        server = new RunningServer(
                new RtspLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), 8));
        try (RtspClient silent = new RtspClient(server.address());
                RtspClient publisher = recordingClient("cam")) {
            silent.write("OPTIONS * RTSP/1.0\r\nCSe");
            assertThat(silent.isEnded()).isTrue();
            assertThat(publisher.isEnded()).isTrue();
            assertThat(server.ingest.await(() -> server.ingest.all().getFirst().isClosed()))
                    .isTrue();
            assertThat(server.counters.count("timer")).isPositive();
        }
    }

    @Test
    void aClientThatNeverReadsItsResponsesIsLetGo() throws Exception {
        server.close();
        server = new RunningServer(
                new RtspLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), 8));
        try (RtspClient client = new RtspClient(server.address())) {
            String requests = client.text("OPTIONS", "cam", "").repeat(1000);
            assertThatThrownBy(() -> {
                        while (true) {
                            client.write(requests);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void oneConnectionTooManyIsRefused() throws Exception {
        RtspClient[] clients = new RtspClient[LIMITS.connections()];
        try {
            for (int i = 0; i < clients.length; i++) {
                clients[i] = new RtspClient(server.address());
                clients[i].request("OPTIONS", "cam", "");
            }
            try (RtspClient oneTooMany = new RtspClient(server.address())) {
                assertCode(oneTooMany.response(), 503);
                assertThat(oneTooMany.isEnded()).isTrue();
            }
        } finally {
            for (RtspClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void closingTheServerEndsItsPublications() throws Exception {
        try (RtspClient client = recordingClient("cam")) {
            server.close();

            assertThat(server.ingest.all().getFirst().isClosed()).isTrue();
            assertThat(client.isEnded()).isTrue();
        }
    }

    private RtspClient recordingClient(String stream) throws IOException {
        RtspClient client = new RtspClient(server.address());
        client.announce(stream, sdp);
        client.setUp(stream + "/stream=1", tcp(0, 1));
        assertCode(client.request("RECORD", stream, ""), 200);
        return client;
    }

    private static String tcp(int rtpChannel, int rtcpChannel) {
        return "RTP/AVP/TCP;unicast;interleaved=%d-%d;mode=record".formatted(rtpChannel, rtcpChannel);
    }

    private static String udp(int rtpPort, int rtcpPort) {
        return "RTP/AVP/UDP;unicast;client_port=%d-%d;mode=record".formatted(rtpPort, rtcpPort);
    }

    private static void assertCode(RtspClient.Response response, int code) {
        assertThat(response.code()).as(response.toString()).isEqualTo(code);
    }

    private static void assertSame(List<AccessUnit> received, List<AccessUnit> sent) {
        assertThat(received)
                .usingElementComparator((a, b) -> RtpPackets.areSame(a, b) ? 0 : 1)
                .isEqualTo(sent);
    }

    private static void assertReportOfOneLost(byte[] compound) {
        List<RtcpPacket> packets = Rtcp.parse(compound, compound.length);
        assertThat(packets).hasSize(2);
        assertThat(packets.getLast()).isInstanceOf(RtcpPacket.SourceDescription.class);
        assertThat(packets.getFirst()).isInstanceOfSatisfying(RtcpPacket.ReceiverReport.class, report -> {
            assertThat(report.blocks()).hasSize(1);
            assertThat(report.blocks().getFirst().lostPackets()).isEqualTo(1);
        });
    }

    private static byte[] senderReport(long ntpTimestamp, long rtpTimestamp) {
        byte[] out = new byte[100];
        RtcpPacket report = new RtcpPacket.SenderReport(1, ntpTimestamp, rtpTimestamp, 0, 0, List.of());
        return Arrays.copyOf(out, Rtcp.write(out, 0, report));
    }

    private static void send(DatagramSocket socket, byte[] packet, int port) throws IOException {
        socket.send(new DatagramPacket(packet, packet.length, InetAddress.getLoopbackAddress(), port));
    }
}
