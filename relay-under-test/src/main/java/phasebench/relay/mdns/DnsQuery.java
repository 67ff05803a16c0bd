package phasebench.relay.mdns;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Writes the question that a session asks: one A record, to be answered by unicast (RFC 6762, section 5.4).
final class DnsQuery {
    private static final int LABEL_BYTES_MAX = 63;

    private DnsQuery() {}

    /// @param name such as `host.local`, of labels with 1 to 63 bytes
    static byte[] forAddressOf(String name) {
        var bytes = ByteBuffer.allocate(DnsMessage.HEADER_BYTES + name.length() + 2 + 4);
        // id and flags are zero in a query (RFC 6762, section 18)
        bytes.putInt(0).putShort((short) 1).putShort((short) 0).putInt(0);
        for (var label : name.split("\\.", -1)) {
            var text = label.getBytes(StandardCharsets.US_ASCII);
            if (text.length == 0 || text.length > LABEL_BYTES_MAX) {
                throw new IllegalArgumentException("not a name: " + name);
            }
            bytes.put((byte) text.length).put(text);
        }
        bytes.put((byte) 0);
        bytes.putShort((short) DnsMessage.TYPE_A);
        bytes.putShort((short) (DnsMessage.CLASS_IN | DnsMessage.TOP_BIT));
        return bytes.array();
    }
}
