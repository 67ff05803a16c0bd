package phasebench.relay.srtp;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import phasebench.relay.dtls.DtlsIdentity;
import phasebench.relay.dtls.DtlsSession;
import phasebench.relay.ice.StunError;
import phasebench.relay.ice.StunRequest;
import phasebench.relay.rtp.Rtcp;
import phasebench.relay.rtp.RtcpPacket.FullIntraRequest;
import phasebench.relay.rtp.RtcpPacket.GenericNack;
import phasebench.relay.rtp.RtcpPacket.ReportBlock;
import phasebench.relay.rtp.RtcpPacket.SenderReport;
import phasebench.relay.rtp.RtcpPacket.SourceDescription;
import phasebench.relay.rtp.RtpHeader;

/// Whatever arrives at the UDP port, no reader throws or hangs. Seeded: half the inputs are random,
/// half are good ones with a few bytes changed and the end cut off or extended.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class UntrustedBytesTest {
    private static final int INPUTS = 20_000;
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] STUN = HEX.parseHex("000100582112a442b7e7a701bc34d686fa87dfae"
            + "802200105354554e207465737420636c69656e74002400046e0001ff80290008932ff9b151263b36"
            + "000600096576746a3a68367659202020000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2"
            + "80280004e57a3bcf");
    private static final byte[] RTCP = rtcp();
    private static final byte[] RTP =
            HEX.parseHex("b2e0000100000002cafebabe0000000100000002bede0001aabbccdd000102030402");

    private final Random random = new Random(20_250_101);

    @Test
    void theSamplesAreGood() {
        assertThat(StunRequest.parse(STUN, STUN.length)).isNotNull();
        assertThat(Rtcp.parse(RTCP, RTCP.length)).hasSize(4);
        assertThat(RtpHeader.payloadLength(RTP, RTP.length)).isEqualTo(4);
    }

    @Test
    void stun() {
        InetSocketAddress source = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 1);
        for (int i = 0; i < INPUTS; i++) {
            byte[] input = input(STUN);
            StunRequest request = StunRequest.parse(input, input.length);
            if (request != null) {
                StunError error = request.check("VOkJxbRl1RmTxUk/WvJxBt");
                assertThat(error == null ? request.success(source, "x") : request.error(error, "x"))
                        .isNotEmpty();
            }
        }
    }

    @Test
    void aStunRequestOfNothingButUnknownAttributesIsAnswered() {
        byte[] message = new byte[1400];
        System.arraycopy(STUN, 0, message, 0, 20);
        message[2] = (byte) ((message.length - 20) >>> 8);
        message[3] = (byte) (message.length - 20);
        for (int offset = 20; offset < message.length - 8; offset += 4) {
            message[offset] = 0x7f;
        }
        CRC32 crc = new CRC32();
        crc.update(message, 0, message.length - 8);
        byte[] end = HEX.parseHex("80280004" + HEX.toHexDigits((int) crc.getValue() ^ 0x5354554e));
        System.arraycopy(end, 0, message, message.length - 8, 8);
        StunRequest request = requireNonNull(StunRequest.parse(message, message.length));
        assertThat(request.error(StunError.UNKNOWN_ATTRIBUTE, "x")).hasSizeLessThan(400);
    }

    @Test
    void rtcpAndRtp() {
        for (int i = 0; i < INPUTS; i++) {
            byte[] control = input(RTCP);
            assertThat(Rtcp.parse(control, control.length)).hasSizeLessThanOrEqualTo(control.length / 4);
            byte[] media = input(RTP);
            assertThat(RtpHeader.payloadLength(media, media.length)).isLessThanOrEqualTo(media.length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void srtp(SrtpProfile profile) {
        srtp(profile, SrtpProvider.JCE);
    }

    @ParameterizedTest
    @EnumSource
    void srtpByOpenSsl(SrtpProfile profile) {
        Srtp.assumeUsable(SrtpProvider.OPENSSL);
        srtp(profile, SrtpProvider.OPENSSL);
    }

    private void srtp(SrtpProfile profile, SrtpProvider provider) {
        SrtpKeys keys = Srtp.keys(profile, random);
        SrtpProtector protector = Srtp.protector(keys, provider);
        SrtpUnprotector unprotector = SrtpUnprotector.of(keys.reversed(), provider);
        byte[] media = new byte[RTP.length + profile.rtpTagBytes()];
        Srtp.protectRtp(protector, RTP, RTP.length, media, 0);
        byte[] control = new byte[RTCP.length + profile.rtcpOverheadBytes()];
        protector.protectRtcp(RTCP, RTCP.length, control, 0);
        byte[] out = new byte[2000];
        int acceptedCount = 0;
        for (int i = 0; i < INPUTS / 2; i++) {
            byte[] input = input(media);
            acceptedCount += unprotector.unprotectRtp(input, input.length, out) >= 0 ? 1 : 0;
            input = input(control);
            acceptedCount += unprotector.unprotectRtcp(input, input.length, out) >= 0 ? 1 : 0;
        }
        assertThat(acceptedCount).as("the unchanged samples, once each").isLessThanOrEqualTo(2);
    }

    @Test
    void dtls() throws Exception {
        DtlsIdentity identity = DtlsIdentity.generate();
        BlockingQueue<byte[]> hello = new LinkedBlockingQueue<>();
        DtlsSession client = session(DtlsSession.Role.CLIENT, identity, hello);
        DtlsSession server = session(DtlsSession.Role.SERVER, identity, new LinkedBlockingQueue<>());
        CompletableFuture<Void> handshakes = CompletableFuture.allOf(failing(client), failing(server));
        byte[] good = requireNonNull(hello.poll(10, TimeUnit.SECONDS));
        for (int i = 0; i < INPUTS; i++) {
            byte[] input = input(good);
            server.incoming(input, input.length);
            client.incoming(input, input.length);
        }
        server.close();
        client.close();
        assertThat(handshakes).succeedsWithin(Duration.ofSeconds(10));
    }

    private static byte[] rtcp() {
        ReportBlock block = new ReportBlock(1, 2, 3, 4, 5, 6, 7);
        byte[] out = new byte[500];
        int length = Rtcp.write(
                out,
                0,
                new SenderReport(0xcafe_babeL, 1, 2, 3, 4, List.of(block)),
                new SourceDescription(List.of(new SourceDescription.Chunk(0xcafe_babeL, "relay"))),
                new GenericNack(1, 2, List.of(65_534, 65_535, 0)),
                new FullIntraRequest(1, List.of(new FullIntraRequest.Entry(2, 255))));
        return Arrays.copyOf(out, length);
    }

    private static CompletableFuture<Void> failing(DtlsSession session) {
        return CompletableFuture.runAsync(
                () -> assertThatThrownBy(session::handshake).isInstanceOf(IOException.class),
                Thread::startVirtualThread);
    }

    private static DtlsSession session(DtlsSession.Role role, DtlsIdentity identity, Queue<byte[]> sent) {
        return new DtlsSession(
                role,
                identity,
                identity.fingerprint(),
                List.of(SrtpProfile.values()),
                datagram -> {
                    byte[] bytes = new byte[datagram.remaining()];
                    datagram.get(bytes);
                    assertThat(sent.offer(bytes)).isTrue();
                },
                () -> {});
    }

    private byte[] input(byte[] good) {
        if (random.nextBoolean()) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            return bytes;
        }
        byte[] bytes = Arrays.copyOf(good, random.nextBoolean() ? good.length : random.nextInt(good.length + 40));
        for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }
}
