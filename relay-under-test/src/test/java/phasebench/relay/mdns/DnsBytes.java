package phasebench.relay.mdns;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Writes DNS messages field by field, good ones and bad ones.
final class DnsBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /// A header with an id of 0 and the counts of its four sections.
    static DnsBytes header(int flags, int... counts) {
        var message = new DnsBytes().uint16(0).uint16(flags);
        for (int i = 0; i < 4; i++) {
            message.uint16(i < counts.length ? counts[i] : 0);
        }
        return message;
    }

    /// A response with one address.
    static byte[] answer(String name, int ipv4) {
        return header(0x8400, 0, 1).name(name).address(ipv4).toBytes();
    }

    static byte[] question(String name) {
        return header(0, 1).name(name).uint16(1).uint16(1).toBytes();
    }

    DnsBytes uint8(int value) {
        bytes.write(value);
        return this;
    }

    DnsBytes uint16(int value) {
        return uint8(value >> 8).uint8(value);
    }

    DnsBytes uint32(int value) {
        return uint16(value >>> 16).uint16(value);
    }

    DnsBytes labels(String... labels) {
        for (var label : labels) {
            var text = label.getBytes(StandardCharsets.UTF_8);
            uint8(text.length);
            bytes.writeBytes(text);
        }
        return this;
    }

    DnsBytes name(String name) {
        return labels(name.split("\\.", -1)).uint8(0);
    }

    DnsBytes pointer(int offset) {
        return uint16(0xc000 | offset);
    }

    /// What follows the name in an A record, with the cache-flush bit.
    DnsBytes address(int ipv4) {
        return uint16(1).uint16(0x8001).uint32(120).uint16(4).uint32(ipv4);
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
