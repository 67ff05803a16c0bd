package phasebench.relay.ice;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// The vectors of RFC 5769, section 2, which use short-term credentials.
class Rfc5769Test {
    private static final HexFormat HEX = HexFormat.of();
    private static final String PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";

    private static final byte[] REQUEST = HEX.parseHex("000100582112a442b7e7a701bc34d686fa87dfae"
            + "802200105354554e207465737420636c69656e74"
            + "002400046e0001ff"
            + "80290008932ff9b151263b36"
            + "000600096576746a3a68367659202020"
            + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2"
            + "80280004e57a3bcf");

    private static final byte[] IPV4_RESPONSE = HEX.parseHex("0101003c2112a442b7e7a701bc34d686fa87dfae"
            + "8022000b7465737420766563746f7220"
            + "002000080001a147e112a643"
            + "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7"
            + "80280004c07d4c96");

    private static final byte[] IPV6_RESPONSE = HEX.parseHex("010100482112a442b7e7a701bc34d686fa87dfae"
            + "8022000b7465737420766563746f7220"
            + "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9"
            + "00080014a382954e4be67bf11784c97c8292c275bfe3ed41"
            + "80280004c8fb0b4c");

    @Test
    void theRequestIsRead() {
        StunRequest request = requireNonNull(StunRequest.parse(REQUEST, REQUEST.length));
        assertThat(request.localUfrag()).isEqualTo("evtj");
        assertThat(request.remoteUfrag()).isEqualTo("h6vY");
        assertThat(request.priority()).isEqualTo(0x6e0001ffL);
        assertThat(request.useCandidate()).isFalse();
        assertThat(request.role()).isEqualTo(StunRequest.IceRole.CONTROLLED);
        assertThat(HEX.formatHex(request.transactionId())).isEqualTo("b7e7a701bc34d686fa87dfae");
        assertThat(request.check("another password")).isEqualTo(StunError.UNAUTHENTICATED);
        assertThat(request.check(PASSWORD))
                .as("its integrity is right, its role is not")
                .isEqualTo(StunError.ROLE_CONFLICT);
    }

    @Test
    void theResponsesDigestsAreThoseWeMake() {
        for (byte[] response : new byte[][] {IPV4_RESPONSE, IPV6_RESPONSE}) {
            int integrity = response.length - 32;
            byte[] digest = Arrays.copyOfRange(response, integrity + 4, integrity + 24);
            assertThat(StunDigest.integrity(response, integrity, PASSWORD)).isEqualTo(digest);
            int fingerprint = response.length - 8;
            assertThat(StunDigest.fingerprint(response, fingerprint))
                    .isEqualTo(StunFormat.int32(response, fingerprint + 4));
        }
    }

    @Test
    void theResponsesAddressesAreWrittenAsWeDo() {
        assertThat(mappedAddress("192.0.2.1")).isEqualTo("002000080001a147e112a643");
        assertThat(mappedAddress("2001:db8:1234:5678:11:2233:4455:6677"))
                .isEqualTo("002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9");
        assertThat(mappedAddress("::ffff:192.0.2.1")).isEqualTo("002000080001a147e112a643");
    }

    private static String mappedAddress(String host) {
        StunRequest request = requireNonNull(StunRequest.parse(REQUEST, REQUEST.length));
        byte[] response = request.success(new InetSocketAddress(InetAddress.ofLiteral(host), 32853), PASSWORD);
        return HEX.formatHex(response, StunFormat.HEADER_BYTES, response.length - 32);
    }
}
