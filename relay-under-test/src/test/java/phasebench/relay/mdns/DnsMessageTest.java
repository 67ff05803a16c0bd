package phasebench.relay.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phasebench.relay.mdns.DnsMessage.Address;
import phasebench.relay.mdns.DnsMessage.Question;

/// Messages made of the fields of RFC 1035, section 4.1.
@Timeout(20)
class DnsMessageTest {
    private static final int IPV4 = 0x0a000001;

    @Test
    void aQuestionIsRead() {
        var message = DnsBytes.header(0, 1).name("host.local").uint16(1).uint16(0x8001);
        assertThat(parse(message))
                .get()
                .extracting(DnsMessage::isResponse, DnsMessage::questions)
                .containsExactly(false, List.of(new Question("host.local", 1, 0x8001)));
    }

    @Test
    void whatWeAskIsAWholeQuestion() {
        var asked = DnsQuery.forAddressOf("3f0e-1.local");
        assertThat(asked)
                .isEqualTo(DnsBytes.header(0, 1)
                        .name("3f0e-1.local")
                        .uint16(1)
                        .uint16(0x8001)
                        .toBytes());
    }

    /// The example of RFC 1035, section 4.1.4: F.ISI.ARPA, FOO.F.ISI.ARPA, ARPA and the root, in 12 bytes' distance.
    @Test
    void namesAreCompressedByPointers() {
        var message = DnsBytes.header(0x8400, 0, 4)
                .name("F.ISI.ARPA")
                .address(1)
                .labels("FOO")
                .pointer(12)
                .address(2)
                .pointer(18)
                .address(3)
                .uint8(0)
                .address(4);
        assertThat(parse(message).orElseThrow().addresses())
                .containsExactly(
                        new Address("F.ISI.ARPA", 1),
                        new Address("FOO.F.ISI.ARPA", 2),
                        new Address("ARPA", 3),
                        new Address("", 4));
    }

    @Test
    void aPointerMayLeadToAPointer() {
        var message = DnsBytes.header(0x8400, 1, 2)
                .name("b.local")
                .uint16(1)
                .uint16(1)
                .labels("a")
                .pointer(12)
                .address(1)
                .pointer(25)
                .address(2);
        assertThat(parse(message).orElseThrow().addresses())
                .containsExactly(new Address("a.b.local", 1), new Address("a.b.local", 2));
    }

    @Test
    void otherRecordsAreSkippedAndOnlyAnswersCount() {
        var message = DnsBytes.header(0x8400, 0, 3, 1, 1)
                .name("host.local")
                .uint16(28)
                .uint16(0x8001)
                .uint32(120)
                .uint16(16)
                .uint32(0)
                .uint32(0)
                .uint32(0)
                .uint32(1)
                .pointer(12)
                .uint16(1)
                .uint16(3)
                .uint32(120)
                .uint16(1)
                .uint8(7)
                .pointer(12)
                .address(IPV4)
                .pointer(12)
                .address(2)
                .pointer(12)
                .address(3);
        assertThat(parse(message).orElseThrow().addresses()).containsExactly(new Address("host.local", IPV4));
    }

    @Test
    void aDotInsideALabelDoesNotPassForTwoLabels() {
        var message =
                DnsBytes.header(0x8400, 0, 1).labels("host.local").uint8(0).address(IPV4);
        assertThat(parse(message).orElseThrow().addresses()).containsExactly(new Address("host\\.local", IPV4));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x8403, 0xa400})
    void addressesInAResponseWithAnErrorAreIgnored(int flags) {
        var message = DnsBytes.header(flags, 0, 1).name("host.local").address(IPV4);
        assertThat(parse(message).orElseThrow().addresses()).isEmpty();
    }

    @Test
    void everyMessageThatIsCutIsMalformed() {
        var whole = DnsBytes.header(0x8400, 1, 1)
                .name("host.local")
                .uint16(1)
                .uint16(1)
                .pointer(12)
                .address(IPV4)
                .toBytes();
        for (int length = 0; length < whole.length; length++) {
            // behind the cut stands what would complete it: the length counts, not the array
            assertThat(DnsMessage.parse(whole, length)).as("%s bytes", length).isEmpty();
        }
        assertThat(DnsMessage.parse(whole, whole.length)).isPresent();
    }

    @Test
    void aPointerThatDoesNotLeadBackIsMalformed() {
        assertThat(parse(DnsBytes.header(0, 1).pointer(12).uint32(0)))
                .as("to itself")
                .isEmpty();
        assertThat(parse(DnsBytes.header(0, 1).pointer(14).pointer(12).uint32(0)))
                .as("to another that leads here")
                .isEmpty();
        assertThat(parse(DnsBytes.header(0, 1).labels("a").pointer(12).uint32(0)))
                .as("to the begin of its own name")
                .isEmpty();
        assertThat(parse(DnsBytes.header(0, 1).pointer(20).uint32(0).name("a")))
                .as("ahead")
                .isEmpty();
        assertThat(parse(DnsBytes.header(0, 1).pointer(2).uint32(0).name("a")))
                .as("into the header")
                .isEmpty();
        assertThat(parse(DnsBytes.header(0, 1).pointer(0x3fff).uint32(0)))
                .as("out of the message")
                .isEmpty();
        assertThat(parse(DnsBytes.header(0, 1).uint16(0).uint16(0).uint8(0xc0)))
                .as("half a pointer")
                .isPresent();
    }

    @Test
    void aLabelOfAReservedKindIsMalformed() {
        assertThat(parse(DnsBytes.header(0, 1).uint8(0x40).uint32(0).uint32(0))).isEmpty();
        assertThat(parse(DnsBytes.header(0, 1).uint8(0x80).uint32(0).uint32(0))).isEmpty();
    }

    @Test
    void aNameHasAtMost255Bytes() {
        var label = "x".repeat(62);
        var longest =
                DnsBytes.header(0, 1).labels(label, label, label, label, "x").uint8(0);
        assertThat(parse(longest.uint32(0))).isPresent();
        var longer =
                DnsBytes.header(0, 1).labels(label, label, label, label, "xx").uint8(0);
        assertThat(parse(longer.uint32(0))).isEmpty();
    }

    @Test
    void countsThatCannotBeTrueCostNothing() {
        assertThat(parse(DnsBytes.header(0x8400, 0xffff, 0xffff, 0xffff, 0xffff).name("a.local")))
                .isEmpty();
    }

    @Test
    void anAddressHasFourBytes() {
        var message = DnsBytes.header(0x8400, 0, 1)
                .name("a.local")
                .uint16(1)
                .uint16(1)
                .uint32(0)
                .uint16(16)
                .uint32(0)
                .uint32(0)
                .uint32(0)
                .uint32(0);
        assertThat(parse(message)).isEmpty();
    }

    @Test
    void garbageIsNeverMoreThanMalformed() {
        var random = new Random(20261122);
        var good = DnsBytes.header(0x8400, 1, 2)
                .name("host.local")
                .uint16(1)
                .uint16(1)
                .pointer(12)
                .address(IPV4)
                .labels("a")
                .pointer(17)
                .address(2)
                .toBytes();
        for (int i = 0; i < 200_000; i++) {
            var bytes = Arrays.copyOf(good, random.nextInt(good.length + 20));
            for (int flips = random.nextInt(8); flips >= 0 && bytes.length > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            DnsMessage.parse(bytes, bytes.length)
                    .ifPresent(message -> assertThat(message.addresses()).hasSizeLessThanOrEqualTo(bytes.length / 11));
        }
    }

    private static Optional<DnsMessage> parse(DnsBytes message) {
        var bytes = message.toBytes();
        return DnsMessage.parse(bytes, bytes.length);
    }
}
