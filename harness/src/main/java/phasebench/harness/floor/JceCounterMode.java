package phasebench.harness.floor;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES_CM_128_HMAC_SHA1_80 (RFC 3711) by the JDK, in arrays, and copied.
final class JceCounterMode implements PacketProtector {
    static final int TAG_BYTES = 10;

    private final FloorPackets packets;
    private final Cipher cipher;
    private final Mac mac;
    private final SecretKeySpec key;
    private final PacketCounter counter;
    private final byte[] iv = new byte[16];
    private final byte[] rollOver = new byte[4];

    /// The tag is cut from twenty bytes where the packet ends.
    private final byte[] out = new byte[FloorPackets.PACKET_BYTES + 20];

    JceCounterMode(FloorPackets packets, SessionKeys keys) throws GeneralSecurityException {
        this.packets = packets;
        this.cipher = Cipher.getInstance("AES/CTR/NoPadding");
        this.mac = Mac.getInstance("HmacSHA1");
        this.key = new SecretKeySpec(keys.cipherKey(), "AES");
        this.counter = PacketCounter.counterMode(keys.salt());
        mac.init(new SecretKeySpec(keys.authenticationKey(), "HmacSHA1"));
    }

    @Override
    public int protect(int packet, MemorySegment slab, long offset) {
        byte[] plain = packets.heap(packet);
        counter.next(iv);
        try {
            System.arraycopy(plain, 0, out, 0, FloorPackets.HEADER_BYTES);
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
            cipher.doFinal(
                    plain, FloorPackets.HEADER_BYTES, FloorPackets.PAYLOAD_BYTES, out, FloorPackets.HEADER_BYTES);
            mac.update(out, 0, FloorPackets.PACKET_BYTES);
            mac.update(rollOver);
            mac.doFinal(out, FloorPackets.PACKET_BYTES);
            int bytes = FloorPackets.PACKET_BYTES + TAG_BYTES;
            MemorySegment.copy(out, 0, slab, JAVA_BYTE, offset, bytes);
            return bytes;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-CTR or HMAC-SHA1 refused a packet", e);
        }
    }
}
