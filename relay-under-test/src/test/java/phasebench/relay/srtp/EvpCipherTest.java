package phasebench.relay.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Native memory: freed once, and never used after that.
class EvpCipherTest {
    private static final int SESSION_COUNT = 10_000;

    private final byte[] key = new byte[16];

    @BeforeEach
    void libcryptoIsHere() {
        Srtp.assumeUsable(SrtpProvider.OPENSSL);
    }

    @Test
    void aClosedCipherIsRefusedNotUsed() {
        var cipher = new EvpCipher(LibCrypto.Cipher.AES_128_CTR, key);
        cipher.begin(LibCrypto.Mode.ENCRYPT);
        cipher.end();
        cipher.close();
        cipher.close();
        assertThatThrownBy(() -> cipher.begin(LibCrypto.Mode.ENCRYPT)).hasMessageContaining("closed");
    }

    @Test
    void aSecondThreadIsRefused() {
        try (var cipher = new EvpCipher(LibCrypto.Cipher.AES_128_GCM, key)) {
            cipher.begin(LibCrypto.Mode.ENCRYPT);
            assertThatThrownBy(() -> cipher.begin(LibCrypto.Mode.ENCRYPT)).hasMessageContaining("two threads");
            cipher.end();
            cipher.begin(LibCrypto.Mode.DECRYPT);
            cipher.end();
        }
    }

    @Test
    void aCloseAmidAPacketLeavesThePacketItsMemory() {
        var cipher = new EvpCipher(LibCrypto.Cipher.AES_128_CTR, key);
        cipher.begin(LibCrypto.Mode.ENCRYPT);
        cipher.close();
        byte[] out = new byte[16];
        cipher.crypt(MemorySegment.ofArray(new byte[16]), 16, MemorySegment.ofArray(out));
        // AES-128 of a block of zeros under a key of zeros
        assertThat(out).startsWith(0x66, 0xe9, 0x4b, 0xd4);
        cipher.end();
        cipher.close();
        assertThatThrownBy(() -> cipher.begin(LibCrypto.Mode.ENCRYPT)).hasMessageContaining("closed");
    }

    @Test
    void whatNobodyCanReachIsFreed() throws InterruptedException {
        long before = EvpCipher.openCount();
        for (int i = 0; i < 1000; i++) {
            new EvpCipher(LibCrypto.Cipher.AES_128_GCM, key);
        }
        long deadlineNs = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (EvpCipher.openCount() > before + 10 && System.nanoTime() < deadlineNs) {
            System.gc();
            Thread.sleep(20);
        }
        assertThat(EvpCipher.openCount()).isLessThanOrEqualTo(before + 10);
    }

    @ParameterizedTest
    @EnumSource
    void sessionsThatEndLeaveNothingBehind(SrtpProfile profile) {
        var keys = Srtp.keys(profile, new Random(1));
        long before = EvpCipher.openCount();
        for (int i = 0; i < SESSION_COUNT; i++) {
            openAndClose(keys);
        }
        // ciphers of other tests may be freed meanwhile
        assertThat(EvpCipher.openCount()).isLessThanOrEqualTo(before);
    }

    /// A round leaves nothing behind once the heap has grown to its size; a leak would show in every round.
    @ParameterizedTest
    @EnumSource
    void theProcessDoesNotGrow(LibCrypto.Cipher type) throws IOException {
        long leastKb = Long.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            long before = residentKb();
            for (int i = 0; i < 10 * SESSION_COUNT; i++) {
                new EvpCipher(type, key).close();
            }
            leastKb = Math.min(leastKb, residentKb() - before);
        }
        // as many contexts, were they kept: 64 MB in counter mode, 114 MB in Galois/counter mode
        assertThat(leastKb).as("kB").isLessThan(10_000);
    }

    private static void openAndClose(SrtpKeys keys) {
        try (var protector = Srtp.protector(keys, SrtpProvider.OPENSSL);
                var unprotector = SrtpUnprotector.of(keys.reversed(), SrtpProvider.OPENSSL)) {
            byte[] packet = new byte[100];
            packet[0] = (byte) 0x80;
            byte[] wire = new byte[116];
            int length = Srtp.protectRtp(protector, packet, packet.length, wire, 0);
            assertThat(unprotector.unprotectRtp(wire, length, new byte[116])).isEqualTo(packet.length);
        }
    }

    private static long residentKb() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
