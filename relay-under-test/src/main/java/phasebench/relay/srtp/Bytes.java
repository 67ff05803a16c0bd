package phasebench.relay.srtp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Reads and writes integers in network byte order.
final class Bytes {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private Bytes() {}

    static int int32(byte[] bytes, int offset) {
        return (int) INT.get(bytes, offset);
    }

    static void putInt32(byte[] bytes, int offset, int value) {
        INT.set(bytes, offset, value);
    }

    /// Xors `value` into the four bytes at `offset`.
    static void xorInt32(byte[] bytes, int offset, int value) {
        putInt32(bytes, offset, int32(bytes, offset) ^ value);
    }
}
