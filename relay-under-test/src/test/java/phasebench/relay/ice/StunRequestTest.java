package phasebench.relay.ice;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StunRequestTest {
    private static final String PASSWORD = "0123456789abcdefghijkl";
    private static final InetSocketAddress SOURCE = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 5000);

    /// In the order of attributes that each client sends.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0006 c057 802a 0024 0008 8028",
                "0006 c057 802a 0025 0024 0008 8028",
                "0024 802a 0006 0008 8028",
                "0006 0024 802a 0008 8028",
                "0006 0025 0024 802a 0008 8028",
                "0006 0025 0008 8028",
                "0006 802a 0008 001c 8028",
            })
    void requestsOfRealClientsAreAccepted(String attributes) {
        byte[] datagram = request(attributes, "local:remote");
        StunRequest request = requireNonNull(StunRequest.parse(datagram, datagram.length));
        assertThat(request.localUfrag()).isEqualTo("local");
        assertThat(request.remoteUfrag()).isEqualTo("remote");
        assertThat(request.useCandidate()).isEqualTo(attributes.contains("0025"));
        assertThat(request.priority()).isEqualTo(attributes.contains("0024") ? 0xababababL : -1);
        assertThat(request.check(PASSWORD)).isNull();
        assertThat(request.check("x")).isEqualTo(StunError.UNAUTHENTICATED);
        assertThat(request.check(null)).isEqualTo(StunError.UNAUTHENTICATED);
    }

    @Test
    void aLongUserNameIsRead() {
        byte[] datagram = request("0006 0008 8028", "l".repeat(256) + ":" + "r".repeat(32));
        StunRequest request = requireNonNull(StunRequest.parse(datagram, datagram.length));
        assertThat(request.localUfrag()).hasSize(256);
        assertThat(request.check(PASSWORD)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8028", "0006 8028", "0008 8028"})
    void aRequestWithoutCredentialsIsBad(String attributes) {
        assertThat(check(attributes)).isEqualTo(StunError.BAD_REQUEST);
    }

    @Test
    void whatFollowsTheIntegrityIsNotBelieved() {
        byte[] datagram = request("0006 0008 0025 8029 8028", "local:remote");
        StunRequest request = requireNonNull(StunRequest.parse(datagram, datagram.length));
        assertThat(request.useCandidate()).isFalse();
        assertThat(request.check(PASSWORD)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0006 0008", "0006 0008 8028 0024", "0008 8028 8028", ""})
    void withoutAFingerprintAtTheEndItIsNotARequest(String attributes) {
        byte[] datagram = request(attributes, "local:remote");
        assertThat(StunRequest.parse(datagram, datagram.length)).isNull();
    }

    @Test
    void anyFlippedBitMakesItGarbage() {
        byte[] datagram = request("0006 0024 802a 0008 8028", "local:remote");
        for (int bit = 0; bit < 8 * datagram.length; bit++) {
            byte[] flipped = datagram.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(StunRequest.parse(flipped, flipped.length))
                    .as("bit %s", bit)
                    .isNull();
        }
    }

    @Test
    void anUnknownAttributeThatMustBeUnderstoodIsNamedInTheRefusal() {
        byte[] datagram = request("0006 7ff0 0031 c057 0008 8028", "local:remote");
        StunRequest request = requireNonNull(StunRequest.parse(datagram, datagram.length));
        assertThat(request.check(PASSWORD)).isEqualTo(StunError.UNKNOWN_ATTRIBUTE);
        String response = hex(request.error(StunError.UNKNOWN_ATTRIBUTE, PASSWORD));
        assertThat(response)
                .startsWith("0111")
                .contains("00090015" + "00000414" + hex("Unknown Attribute".getBytes(StandardCharsets.UTF_8)))
                .contains("000a0004" + "7ff00031")
                .contains("00080014");
    }

    @Test
    void aPeerThatClaimsToBeControlledIsToldOfTheConflict() {
        byte[] datagram = request("0006 8029 0008 8028", "local:remote");
        StunRequest request = requireNonNull(StunRequest.parse(datagram, datagram.length));
        assertThat(request.check(PASSWORD)).isEqualTo(StunError.ROLE_CONFLICT);
        assertThat(hex(request.error(StunError.ROLE_CONFLICT, PASSWORD))).contains("00000457");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BAD_REQUEST", "UNAUTHENTICATED"})
    void errorsBeforeAuthenticationCarryNoIntegrity(StunError error) {
        byte[] datagram = request("0006 0008 8028", "local:remote");
        StunRequest request = requireNonNull(StunRequest.parse(datagram, datagram.length));
        byte[] response = request.error(error, PASSWORD);
        assertThat(hex(response)).startsWith("0111").doesNotContain("00080014");
        assertEndsInFingerprint(response);
    }

    @Test
    void aSuccessCarriesTransactionAddressIntegrityAndFingerprint() {
        byte[] datagram = request("0006 0008 8028", "local:remote");
        StunRequest request = requireNonNull(StunRequest.parse(datagram, datagram.length));
        byte[] response = request.success(SOURCE, PASSWORD);
        assertThat(Arrays.copyOfRange(response, 8, 20)).isEqualTo(request.transactionId());
        assertThat(StunFormat.uint16(response, 2)).isEqualTo(response.length - 20);
        int integrity = response.length - 32;
        assertThat(Arrays.copyOfRange(response, integrity + 4, integrity + 24))
                .isEqualTo(StunDigest.integrity(response, integrity, PASSWORD));
        assertEndsInFingerprint(response);
    }

    private static void assertEndsInFingerprint(byte[] response) {
        int fingerprint = response.length - 8;
        assertThat(StunFormat.uint16(response, fingerprint)).isEqualTo(StunFormat.FINGERPRINT);
        assertThat(StunFormat.int32(response, fingerprint + 4))
                .isEqualTo(StunDigest.fingerprint(response, fingerprint));
    }

    private static @Nullable StunError check(String attributes) {
        byte[] datagram = request(attributes, "local:remote");
        return requireNonNull(StunRequest.parse(datagram, datagram.length)).check(PASSWORD);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /// A Binding request with these attribute types, the digests over what precedes them.
    private static byte[] request(String attributes, String username) {
        byte[] message = new byte[StunFormat.HEADER_BYTES];
        Arrays.fill(message, 8, 20, (byte) 0x5a);
        StunFormat.putUint16(message, 0, StunFormat.BINDING_REQUEST);
        StunFormat.putInt32(message, 4, StunFormat.MAGIC_COOKIE);
        for (String word : attributes.isEmpty() ? new String[0] : attributes.split(" ", -1)) {
            message = append(message, Integer.parseInt(word, 16), username);
        }
        return message;
    }

    private static byte[] append(byte[] message, int type, String username) {
        byte[] header = message.clone();
        byte[] value = switch (type) {
            case StunFormat.USERNAME -> username.getBytes(StandardCharsets.UTF_8);
            case StunFormat.MESSAGE_INTEGRITY -> StunDigest.integrity(message, message.length, PASSWORD);
            case StunFormat.MESSAGE_INTEGRITY_SHA256 -> new byte[32];
            case StunFormat.FINGERPRINT -> new byte[4];
            case StunFormat.USE_CANDIDATE -> new byte[0];
            case StunFormat.ICE_CONTROLLED, StunFormat.ICE_CONTROLLING -> new byte[8];
            default -> HexFormat.of().parseHex("abababab");
        };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int bodyBytes = message.length - 20 + 4 + StunFormat.padded(value.length);
        StunFormat.putUint16(header, 2, bodyBytes);
        out.writeBytes(header);
        out.writeBytes(new byte[] {(byte) (type >>> 8), (byte) type, (byte) (value.length >>> 8), (byte) value.length});
        out.writeBytes(Arrays.copyOf(value, StunFormat.padded(value.length)));
        byte[] appended = out.toByteArray();
        if (type == StunFormat.FINGERPRINT) {
            StunFormat.putInt32(appended, message.length + 4, StunDigest.fingerprint(appended, message.length));
        }
        return appended;
    }
}
