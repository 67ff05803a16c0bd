package phasebench.harness.floor;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AEAD_AES_128_GCM (RFC 7714) by the JDK: encrypted into an array, because direct memory is dearer for it, and copied.
final class JceGcm implements PacketProtector {
    private final FloorPackets packets;
    private final Cipher cipher;
    private final SecretKeySpec key;
    private final PacketCounter counter;
    private final byte[] iv = new byte[12];
    private final byte[] out = new byte[FloorPackets.PAYLOAD_BYTES + 16];

    JceGcm(FloorPackets packets, SessionKeys keys) throws GeneralSecurityException {
        this.packets = packets;
        this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        this.key = new SecretKeySpec(keys.cipherKey(), "AES");
        this.counter = PacketCounter.gcm(keys.salt());
    }

    @Override
    public int protect(int packet, MemorySegment slab, long offset) {
        byte[] plain = packets.heap(packet);
        counter.next(iv);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, iv));
            cipher.updateAAD(plain, 0, FloorPackets.HEADER_BYTES);
            int bytes = cipher.doFinal(plain, FloorPackets.HEADER_BYTES, FloorPackets.PAYLOAD_BYTES, out, 0);
            MemorySegment.copy(plain, 0, slab, JAVA_BYTE, offset, FloorPackets.HEADER_BYTES);
            MemorySegment.copy(out, 0, slab, JAVA_BYTE, offset + FloorPackets.HEADER_BYTES, bytes);
            return FloorPackets.HEADER_BYTES + bytes;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refused a packet", e);
        }
    }
}
