package phasebench.harness.load.mdns;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes and reads the few kinds of DNS messages (RFC 1035, section 4.1) that a talker needs.
final class MdnsBytes {
    private static final int HEADER_BYTES = 12;
    private static final int TYPE_A = 1;
    private static final int CLASS_IN = 1;

    /// Of an answer's class: "forget what you knew"; of a question's: "answer me by unicast".
    private static final int TOP_BIT = 0x8000;

    private static final int AUTHORITATIVE_RESPONSE = 0x8400;
    private static final int TIME_TO_LIVE_S = 120;

    private MdnsBytes() {}

    /// A question for the address of a name.
    static byte[] question(String name) {
        byte[] message = new byte[HEADER_BYTES + name.length() + 2 + 4];
        begin(message, 0, 1, 0, name).putShort((short) TYPE_A).putShort((short) CLASS_IN);
        return message;
    }

    /// The answer to such a question, or an announcement.
    static byte[] answer(String name, byte[] ipv4) {
        byte[] message = new byte[HEADER_BYTES + name.length() + 2 + 14];
        begin(message, AUTHORITATIVE_RESPONSE, 0, 1, name)
                .putShort((short) TYPE_A)
                .putShort((short) (CLASS_IN | TOP_BIT))
                .putInt(TIME_TO_LIVE_S)
                .putShort((short) 4)
                .put(ipv4);
        return message;
    }

    /// A question for an address.
    ///
    /// @param name in lower case
    record Question(String name, boolean wantsUnicast) {}

    /// The first question of a query, if it asks for an IPv4 address; null for everything else. The first name has
    /// nothing before it to be compressed to.
    static @Nullable Question firstQuestion(byte[] message, int length) {
        ByteBuffer bytes = ByteBuffer.wrap(message, 0, length);
        if (length < HEADER_BYTES || bytes.getShort(2) < 0 || bytes.getShort(4) == 0) {
            return null;
        }
        bytes.position(HEADER_BYTES);
        String name = name(bytes);
        if (name == null || bytes.remaining() < 4 || bytes.getShort() != TYPE_A) {
            return null;
        }
        short questionClass = bytes.getShort();
        return (questionClass & ~TOP_BIT & 0xffff) == CLASS_IN ? new Question(name, questionClass < 0) : null;
    }

    private static @Nullable String name(ByteBuffer bytes) {
        StringBuilder name = new StringBuilder();
        while (bytes.hasRemaining()) {
            int labelBytes = bytes.get() & 0xff;
            if (labelBytes == 0) {
                return name.toString().toLowerCase(Locale.ROOT);
            }
            if (labelBytes > 63 || labelBytes > bytes.remaining()) {
                return null;
            }
            byte[] label = new byte[labelBytes];
            bytes.get(label);
            name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.UTF_8));
        }
        return null;
    }

    /// Writes header and name.
    private static ByteBuffer begin(byte[] message, int flags, int questions, int answers, String name) {
        ByteBuffer bytes = ByteBuffer.wrap(message)
                .putShort((short) 0)
                .putShort((short) flags)
                .putShort((short) questions)
                .putShort((short) answers)
                .putInt(0);
        for (String label : name.split("\\.", -1)) {
            byte[] text = label.getBytes(StandardCharsets.US_ASCII);
            bytes.put((byte) text.length).put(text);
        }
        return bytes.put((byte) 0);
    }
}
