package phasebench.harness.floor;

/// The initialization vectors of a destination's packets: salt xor SSRC xor index, the index one more each time.
final class PacketCounter {
    private final byte[] base;
    private final int indexAt;
    private long index;

    private PacketCounter(byte[] base, int indexAt) {
        this.base = base;
        this.indexAt = indexAt;
    }

    /// 12 bytes: 00 00, SSRC, 48 bits of index (RFC 7714, section 8.1).
    static PacketCounter gcm(byte[] salt) {
        return new PacketCounter(base(salt, 12, 2), 6);
    }

    /// 16 bytes: salt * 2^16 xor SSRC * 2^64 xor index * 2^16 (RFC 3711, section 4.1.1).
    static PacketCounter counterMode(byte[] salt) {
        return new PacketCounter(base(salt, 16, 4), 8);
    }

    private static byte[] base(byte[] salt, int bytes, int ssrcAt) {
        byte[] base = new byte[bytes];
        System.arraycopy(salt, 0, base, 0, Math.min(bytes, salt.length));
        for (int i = 0; i < 4; i++) {
            base[ssrcAt + i] ^= (byte) (FloorPackets.SSRC >>> (24 - 8 * i));
        }
        return base;
    }

    /// Writes the vector of the next packet.
    void next(byte[] iv) {
        System.arraycopy(base, 0, iv, 0, base.length);
        for (int i = 0; i < 6; i++) {
            iv[indexAt + i] ^= (byte) (index >>> (40 - 8 * i));
        }
        index++;
    }
}
