package phasebench.harness.load.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MdnsBytesTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final String HOST = "04686f7374056c6f63616c00"; // host.local

    @Test
    void aQuestionIsAsTheStandardSays() {
        assertThat(HEX.formatHex(MdnsBytes.question("host.local")))
                .isEqualTo("0000" + "0000" + "0001000000000000" + HOST + "0001" + "0001");
    }

    @Test
    void anAnswerIsAsTheStandardSays() {
        assertThat(HEX.formatHex(MdnsBytes.answer("host.local", new byte[] {127, 0, 0, 1})))
                .isEqualTo("0000" + "8400" + "0000000100000000" + HOST + "0001" + "8001" + "00000078" + "0004"
                        + "7f000001");
    }

    @Test
    void theFirstQuestionIsReadWithHowItWantsItsAnswer() {
        byte[] question = MdnsBytes.question("HOST.local");
        assertThat(MdnsBytes.firstQuestion(question, question.length))
                .isEqualTo(new MdnsBytes.Question("host.local", false));
        question[question.length - 2] = (byte) 0x80;
        assertThat(MdnsBytes.firstQuestion(question, question.length))
                .isEqualTo(new MdnsBytes.Question("host.local", true));
    }

    @Test
    void nothingElseIsAQuestion() {
        byte[] answer = MdnsBytes.answer("host.local", new byte[4]);
        assertThat(MdnsBytes.firstQuestion(answer, answer.length)).isNull();
        byte[] question = MdnsBytes.question("host.local");
        for (int length = 0; length < question.length; length++) {
            assertThat(MdnsBytes.firstQuestion(question, length))
                    .as("%s bytes", length)
                    .isNull();
        }
        byte[] otherType = question.clone();
        otherType[question.length - 3] = 28;
        assertThat(MdnsBytes.firstQuestion(otherType, otherType.length)).isNull();
        byte[] pointer = question.clone();
        pointer[12] = (byte) 0xc0;
        assertThat(MdnsBytes.firstQuestion(pointer, pointer.length)).isNull();
    }

    @Test
    void garbageDoesNoHarm() {
        Random random = new Random(20261122);
        byte[] question = MdnsBytes.question("host.local");
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = Arrays.copyOf(question, random.nextInt(question.length + 5));
            for (int flips = random.nextInt(6); flips > 0 && bytes.length > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            MdnsBytes.Question read = MdnsBytes.firstQuestion(bytes, bytes.length);
            assertThat(read == null || read.name().length() < bytes.length).isTrue();
        }
    }
}
