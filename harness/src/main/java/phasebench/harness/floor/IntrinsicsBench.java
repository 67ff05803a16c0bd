package phasebench.harness.floor;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import phasebench.harness.machine.NativeClocks;

/// What the JDK's ciphers cost in this JVM, with the intrinsics that its flags leave on.
final class IntrinsicsBench {
    /// JVM flags that switch what the crypto of SRTP uses.
    static final List<String> FLAGS = List.of(
            "UseAES", "UseAESIntrinsics", "UseAESCTRIntrinsics", "UseGHASHIntrinsics", "UseSHA", "UseSHA1Intrinsics");

    /// What switches all of them off, for comparison.
    static final List<String> OFF = List.of(
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-UseAESCTRIntrinsics",
            "-XX:-UseAESIntrinsics",
            "-XX:-UseGHASHIntrinsics",
            "-XX:-UseSHA1Intrinsics");

    private static final int PACKETS_PER_ROUND = 200;

    /// AES-GCM of the JDK 25.0.3 reaches its last speed after 220 000 packets.
    private static final int WARM_UP_PACKETS = 240_000;

    private final Effort effort;
    private final byte[] packet = new byte[FloorPackets.PACKET_BYTES];
    private final byte[] out = new byte[FloorPackets.PACKET_BYTES + 32];
    private final SecretKeySpec key = new SecretKeySpec(new byte[16], "AES");
    private final byte[] iv = new byte[16];
    private final Cipher counterMode = Cipher.getInstance("AES/CTR/NoPadding");
    private final Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
    private final Mac sha1 = Mac.getInstance("HmacSHA1");
    private long index;

    /// How long to go on.
    ///
    /// @param warmUp time after which the warm-up ends, if 240 000 packets of each kind do not end it before
    record Effort(Duration warmUp, int rounds) {}

    /// One algorithm that has intrinsics, and how many times slower it is without them, at least.
    enum Part {
        AES_CTR("AES-CTR", 3),
        /// Misses the mark when either AES or GHASH is without.
        AES_GCM("AES-GCM", 3),
        /// The JIT's own code is only 3.3 to 4.6 times slower than SHA-NI (measured on a Sapphire Rapids guest).
        SHA_1("SHA-1", 2);

        private final String text;
        private final double slowdownMin;

        Part(String text, double slowdownMin) {
            this.text = text;
            this.slowdownMin = slowdownMin;
        }

        String text() {
            return text;
        }

        double slowdownMin() {
            return slowdownMin;
        }
    }

    /// What one JVM says.
    ///
    /// @param jvmFlags effective values
    /// @param cpuNsPerPacketMin over rounds, by the name of the part
    record Times(int schemaVersion, Map<String, String> jvmFlags, Map<String, Double> cpuNsPerPacketMin) {
        static final int SCHEMA_VERSION = 1;
    }

    IntrinsicsBench(Effort effort) throws GeneralSecurityException {
        this.effort = effort;
        sha1.init(new SecretKeySpec(new byte[20], "HmacSHA1"));
    }

    Times measure() throws IOException, GeneralSecurityException {
        warmUp();
        Map<String, List<Double>> rounds = new LinkedHashMap<>();
        for (int round = 0; round < effort.rounds; round++) {
            for (Part part : Part.values()) {
                long beforeNs = NativeClocks.threadCpuNs();
                work(part, PACKETS_PER_ROUND);
                double cpuNs = NativeClocks.threadCpuNs() - beforeNs;
                rounds.computeIfAbsent(part.text(), _ -> new ArrayList<>()).add(cpuNs / PACKETS_PER_ROUND);
            }
        }
        Map<String, Double> least = new LinkedHashMap<>();
        rounds.forEach((part, values) -> least.put(part, Rounds.min(values)));
        return new Times(Times.SCHEMA_VERSION, flags(), least);
    }

    private void warmUp() throws GeneralSecurityException {
        long untilNs = System.nanoTime() + effort.warmUp.toNanos();
        for (int packets = 0; packets < WARM_UP_PACKETS && System.nanoTime() < untilNs; packets += PACKETS_PER_ROUND) {
            for (Part part : Part.values()) {
                work(part, PACKETS_PER_ROUND);
            }
        }
    }

    private void work(Part part, int packets) throws GeneralSecurityException {
        for (int i = 0; i < packets; i++) {
            switch (part) {
                case AES_CTR -> {
                    counterMode.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(nextIv()));
                    counterMode.doFinal(packet, 0, packet.length, out, 0);
                }
                case AES_GCM -> {
                    gcm.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nextIv()));
                    gcm.doFinal(packet, 0, packet.length, out, 0);
                }
                case SHA_1 -> {
                    sha1.update(packet, 0, packet.length);
                    sha1.doFinal(out, 0);
                }
            }
        }
    }

    private byte[] nextIv() {
        index++;
        for (int i = 0; i < Long.BYTES; i++) {
            iv[i] = (byte) (index >>> (8 * i));
        }
        return iv;
    }

    private static Map<String, String> flags() {
        HotSpotDiagnosticMXBean bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        Map<String, String> flags = new LinkedHashMap<>();
        for (String flag : FLAGS) {
            flags.put(flag, value(bean, flag));
        }
        return flags;
    }

    private static String value(HotSpotDiagnosticMXBean bean, String flag) {
        try {
            return bean.getVMOption(flag).getValue();
        } catch (IllegalArgumentException _) {
            return "unknown to this JVM";
        }
    }
}
