package phasebench.relay.rtp;

import java.util.Arrays;

/// Bytes that grow up to a limit and are used again.
final class ByteAccumulator {
    private final int bytesMax;
    private byte[] bytes = new byte[4096];
    private int size;

    ByteAccumulator(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    int size() {
        return size;
    }

    /// False, and nothing appended, if that would pass the limit.
    boolean append(byte value) {
        if (size == bytesMax) {
            return false;
        }
        reserve(1);
        bytes[size++] = value;
        return true;
    }

    /// False, and nothing appended, if that would pass the limit.
    boolean append(byte[] source, int offset, int length) {
        if (length > bytesMax - size) {
            return false;
        }
        reserve(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
        return true;
    }

    /// The bytes from index 0 on, until the next change.
    byte[] bytes() {
        return bytes;
    }

    void clear() {
        size = 0;
    }

    private void reserve(int length) {
        if (bytes.length - size < length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + length));
        }
    }
}
