package phasebench.harness.load.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class StunMessageTest {
    private static final HexFormat HEX = HexFormat.of();

    /// Password of RFC 5769, section 2.
    private static final String PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";

    private static final byte[] REQUEST = HEX.parseHex("000100582112a442b7e7a701bc34d686fa87dfae"
            + "802200105354554e207465737420636c69656e74"
            + "002400046e0001ff"
            + "80290008932ff9b151263b36"
            + "000600096576746a3a68367659202020"
            + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2"
            + "80280004e57a3bcf");
    private static final byte[] RESPONSE = HEX.parseHex("0101003c2112a442b7e7a701bc34d686fa87dfae"
            + "8022000b7465737420766563746f7220"
            + "002000080001a147e112a643"
            + "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7"
            + "80280004c07d4c96");

    @Test
    void messagesOfRfc5769AreAuthentic() {
        assertThat(StunMessage.isAuthentic(REQUEST, REQUEST.length, PASSWORD)).isTrue();
        assertThat(StunMessage.isAuthentic(RESPONSE, RESPONSE.length, PASSWORD)).isTrue();
        assertThat(StunMessage.isAuthentic(RESPONSE, RESPONSE.length, "another"))
                .isFalse();
        assertThat(StunMessage.type(RESPONSE)).isEqualTo(StunMessage.BINDING_SUCCESS);
    }

    @Test
    void sealingGivesTheBytesOfRfc5769() {
        byte[] message = REQUEST.clone();
        Arrays.fill(message, message.length - 32, message.length, (byte) 0);

        StunMessage.seal(message, message.length - 32, PASSWORD);

        assertThat(message).isEqualTo(REQUEST);
    }

    @Test
    void anyFlippedBitIsSeen() {
        // the last eight bytes, FINGERPRINT, are optional: with another type they are another attribute
        for (int i = 0; i < RESPONSE.length - 8; i++) {
            byte[] flipped = RESPONSE.clone();
            flipped[i] ^= 1;
            assertThat(StunMessage.isAuthentic(flipped, flipped.length, PASSWORD)
                            && StunMessage.isStun(flipped, flipped.length))
                    .as("byte %d", i)
                    .isFalse();
        }
    }

    @Test
    void truncatedMessagesAreNotAuthentic() {
        for (int length = 0; length < RESPONSE.length - 8; length++) {
            assertThat(StunMessage.isAuthentic(RESPONSE, length, PASSWORD)).isFalse();
        }
    }

    @Test
    void aRequestNominatesAndIsAuthentic() {
        byte[] request = StunMessage.bindingRequest(new byte[12], "relay:me", "secret", 7);

        assertThat(StunMessage.isStun(request, request.length)).isTrue();
        assertThat(StunMessage.isAuthentic(request, request.length, "secret")).isTrue();
        assertThat(StunMessage.find(request, StunMessage.USE_CANDIDATE)).isPositive();
        assertThat(Bytes.getShort(request, 2)).isEqualTo(request.length - StunMessage.HEADER_BYTES);
    }
}
