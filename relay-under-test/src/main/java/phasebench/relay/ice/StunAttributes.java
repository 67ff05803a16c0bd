package phasebench.relay.ice;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phasebench.relay.ice.StunRequest.IceRole;

/// One pass over the attributes of a Binding request, in any order and with any of them missing.
final class StunAttributes {
    String username = "";
    long priority = -1;
    boolean useCandidate;
    IceRole role = IceRole.UNSAID;
    int integrityOffset = -1;
    final List<Integer> unknown = new ArrayList<>();
    private boolean isFingerprinted;

    private StunAttributes() {}

    /// Null unless `datagram` is a Binding request in good form that ends in a correct FINGERPRINT.
    static @Nullable StunAttributes read(byte[] datagram, int length) {
        if (length < StunFormat.HEADER_BYTES
                || StunFormat.uint16(datagram, 0) != StunFormat.BINDING_REQUEST
                || StunFormat.uint16(datagram, 2) != length - StunFormat.HEADER_BYTES
                || StunFormat.int32(datagram, 4) != StunFormat.MAGIC_COOKIE) {
            return null;
        }
        StunAttributes attributes = new StunAttributes();
        int offset = StunFormat.HEADER_BYTES;
        while (offset < length) {
            int next = attributes.take(datagram, offset, length);
            if (next < 0) {
                return null;
            }
            offset = next;
        }
        return attributes.isFingerprinted ? attributes : null;
    }

    /// Takes one attribute; returns where the next begins, or -1 if this one is malformed.
    private int take(byte[] message, int offset, int length) {
        if (length - offset < StunFormat.ATTRIBUTE_HEADER_BYTES) {
            return -1;
        }
        int type = StunFormat.uint16(message, offset);
        int valueBytes = StunFormat.uint16(message, offset + 2);
        int valueOffset = offset + StunFormat.ATTRIBUTE_HEADER_BYTES;
        int next = valueOffset + StunFormat.padded(valueBytes);
        if (next > length || isFingerprinted || !hasExpectedSize(type, valueBytes)) {
            return -1;
        }
        if (type == StunFormat.FINGERPRINT) {
            isFingerprinted = StunFormat.int32(message, valueOffset) == StunDigest.fingerprint(message, offset);
            return isFingerprinted ? next : -1;
        }
        // What follows MESSAGE-INTEGRITY is not protected by it (RFC 8489, section 14.5).
        if (integrityOffset < 0) {
            note(type, message, offset, valueBytes);
        }
        return next;
    }

    private void note(int type, byte[] message, int offset, int valueBytes) {
        int valueOffset = offset + StunFormat.ATTRIBUTE_HEADER_BYTES;
        switch (type) {
            case StunFormat.USERNAME -> username = new String(message, valueOffset, valueBytes, StandardCharsets.UTF_8);
            case StunFormat.MESSAGE_INTEGRITY -> integrityOffset = offset;
            case StunFormat.PRIORITY -> priority = Integer.toUnsignedLong(StunFormat.int32(message, valueOffset));
            case StunFormat.USE_CANDIDATE -> useCandidate = true;
            case StunFormat.ICE_CONTROLLING -> role = IceRole.CONTROLLING;
            case StunFormat.ICE_CONTROLLED -> role = IceRole.CONTROLLED;
            case StunFormat.MESSAGE_INTEGRITY_SHA256 -> {
                // Understood, and of no use to ICE, which negotiates no second algorithm.
            }
            default -> {
                if (type < StunFormat.COMPREHENSION_OPTIONAL) {
                    unknown.add(type);
                }
            }
        }
    }

    private static boolean hasExpectedSize(int type, int valueBytes) {
        return switch (type) {
            case StunFormat.MESSAGE_INTEGRITY -> valueBytes == StunFormat.INTEGRITY_BYTES;
            case StunFormat.FINGERPRINT -> valueBytes == StunFormat.FINGERPRINT_BYTES;
            case StunFormat.PRIORITY -> valueBytes == 4;
            case StunFormat.ICE_CONTROLLING, StunFormat.ICE_CONTROLLED -> valueBytes == 8;
            // RFC 8489, section 14.3
            case StunFormat.USERNAME -> valueBytes <= 512;
            default -> true;
        };
    }
}
