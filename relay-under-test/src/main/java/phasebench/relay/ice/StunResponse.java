package phasebench.relay.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// A Binding response under construction; attributes go out in the order of the calls.
final class StunResponse {
    /// Error with 64 unknown attributes, or any success.
    private static final int BYTES_MAX = 320;

    private static final int UNKNOWN_ATTRIBUTES_MAX = 64;

    private final byte[] message = new byte[BYTES_MAX];
    private int length = StunFormat.HEADER_BYTES;

    /// @param request its transaction id is the response's
    StunResponse(int type, byte[] request) {
        StunFormat.putUint16(message, 0, type);
        System.arraycopy(request, 4, message, 4, StunFormat.HEADER_BYTES - 4);
    }

    /// RFC 8489, section 14.2. An IPv4 address inside an IPv6 one is an IPv4 address to the peer.
    StunResponse xorMappedAddress(InetSocketAddress source) {
        InetAddress host = Objects.requireNonNull(source.getAddress(), "the source address is unresolved");
        byte[] address = host.getAddress();
        int offset = begin(StunFormat.XOR_MAPPED_ADDRESS, 4 + address.length);
        message[offset + 1] = (byte) (address.length == 4 ? 1 : 2);
        StunFormat.putUint16(message, offset + 2, source.getPort() ^ StunFormat.MAGIC_COOKIE >>> 16);
        for (int i = 0; i < address.length; i++) {
            // cookie and transaction id stand in a row in the header
            message[offset + 4 + i] = (byte) (address[i] ^ message[4 + i]);
        }
        return this;
    }

    /// RFC 8489, section 14.8.
    StunResponse errorCode(StunError error) {
        byte[] reason = error.reason().getBytes(StandardCharsets.UTF_8);
        int offset = begin(StunFormat.ERROR_CODE, 4 + reason.length);
        message[offset + 2] = (byte) (error.code() / 100);
        message[offset + 3] = (byte) (error.code() % 100);
        System.arraycopy(reason, 0, message, offset + 4, reason.length);
        return this;
    }

    /// RFC 8489, section 14.9; at most the first 64 of them.
    StunResponse unknownAttributes(List<Integer> types) {
        int count = Math.min(types.size(), UNKNOWN_ATTRIBUTES_MAX);
        int offset = begin(StunFormat.UNKNOWN_ATTRIBUTES, 2 * count);
        for (int i = 0; i < count; i++) {
            StunFormat.putUint16(message, offset + 2 * i, types.get(i));
        }
        return this;
    }

    StunResponse integrity(String password) {
        byte[] digest = StunDigest.integrity(message, length, password);
        int offset = begin(StunFormat.MESSAGE_INTEGRITY, digest.length);
        System.arraycopy(digest, 0, message, offset, digest.length);
        return this;
    }

    /// Ends the message and returns it.
    byte[] fingerprint() {
        int attributeOffset = length;
        int offset = begin(StunFormat.FINGERPRINT, StunFormat.FINGERPRINT_BYTES);
        StunFormat.putInt32(message, offset, StunDigest.fingerprint(message, attributeOffset));
        return Arrays.copyOf(message, length);
    }

    /// Appends an attribute's header, counts it in the message's, and returns where its value goes.
    private int begin(int type, int valueBytes) {
        StunFormat.putUint16(message, length, type);
        StunFormat.putUint16(message, length + 2, valueBytes);
        int valueOffset = length + StunFormat.ATTRIBUTE_HEADER_BYTES;
        length = valueOffset + StunFormat.padded(valueBytes);
        StunFormat.putUint16(message, 2, length - StunFormat.HEADER_BYTES);
        return valueOffset;
    }
}
