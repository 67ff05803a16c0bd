package phasebench.reports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import phasebench.reports.rundir.FloorEvidence;
import phasebench.reports.rundir.FloorKind;
import phasebench.reports.rundir.FloorReading;
import phasebench.reports.rundir.IntrinsicsEvidence;

/// A floor with figures of a quiet machine, on which OpenSSL is missing.
final class SyntheticFloor {
    static final String NO_OPENSSL = "no libcrypto.so.3, libcrypto.so";

    /// What `FloorKind` is measured for, and what it costs.
    private static final Map<String, Double> SEND_NS = new LinkedHashMap<>(Map.of("single", 1172.0, "gso", 372.0));

    private static final double QUEUED_NS = 150;
    static final double PACED_NS = 3200;

    private SyntheticFloor() {}

    static FloorEvidence complete() {
        return with(150, 2900);
    }

    /// @param aesOn ns per packet with intrinsics
    /// @param aesOff ns per packet without
    static FloorEvidence with(double aesOn, double aesOff) {
        List<FloorReading> readings = new ArrayList<>();
        for (String sink : List.of(FloorKind.DROPPED, FloorKind.QUEUED)) {
            for (String send : List.of("single", "batch", "gso")) {
                readings.add(reading(FloorKind.sending(send, packetsPerCall(send), sink), sendNs(send, sink)));
            }
        }
        readings.add(reading(FloorKind.protecting("aes-gcm", "jce"), 620));
        readings.add(reading(FloorKind.protecting("aes-cm-sha1", "jce"), 1200));
        readings.add(FloorReading.missing(FloorKind.protecting("aes-gcm", "openssl"), NO_OPENSSL));
        for (String sink : List.of(FloorKind.DROPPED, FloorKind.QUEUED)) {
            for (String send : List.of("single", "batch", "gso")) {
                FloorKind sending = FloorKind.sending(send, packetsPerCall(send), sink);
                readings.add(reading(FloorKind.protecting("aes-gcm", "jce").and(sending), 620 + sendNs(send, sink)));
                readings.add(
                        reading(FloorKind.protecting("aes-cm-sha1", "jce").and(sending), 1200 + sendNs(send, sink)));
                readings.add(FloorReading.missing(
                        FloorKind.protecting("aes-gcm", "openssl").and(sending), NO_OPENSSL));
            }
        }
        FloorKind bursts =
                FloorKind.protecting("aes-cm-sha1", "jce").and(FloorKind.sending("single", 1, FloorKind.PACED));
        readings.add(reading(bursts, PACED_NS));
        Map<String, String> flags = new LinkedHashMap<>();
        flags.put("UseAES", "true");
        flags.put("UseAESCTRIntrinsics", "true");
        return new FloorEvidence(
                FloorEvidence.SCHEMA_VERSION,
                1200,
                100,
                8,
                1600,
                List.of("-Xms1g", "-Xmx1g"),
                NO_OPENSSL,
                readings,
                new IntrinsicsEvidence(
                        List.of("aes", "pclmulqdq"),
                        flags,
                        List.of(new IntrinsicsEvidence.Part("AES-CTR", aesOn, aesOff, 3))));
    }

    private static int packetsPerCall(String send) {
        return switch (send) {
            case "single" -> 1;
            case "batch" -> FloorKind.BATCH_PACKETS;
            default -> FloorKind.GSO_SEGMENTS;
        };
    }

    private static double sendNs(String send, String sink) {
        return SEND_NS.getOrDefault(send, 1100.0) + (sink.equals(FloorKind.QUEUED) ? QUEUED_NS : 0);
    }

    private static FloorReading reading(FloorKind kind, double ns) {
        return new FloorReading(kind, ns, ns - 40, 15, null);
    }
}
