package phasebench.reports.comparison;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phasebench.reports.rundir.FloorEvidence;
import phasebench.reports.rundir.FloorKind;
import phasebench.reports.rundir.FloorReading;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.TrialRecord;

/// CPU per packet of a variant beside what its protection and its way to send cost at least on this machine.
///
/// @param floor label of the kind that it is compared with; empty when there is none
/// @param queuedNs floor with sinks that queue, as the load generator's sockets do; null without one
/// @param queuedRatio CPU per packet over that floor
/// @param droppedNs floor with sinks that drop; null without one
/// @param pacedNs floor of a core that rests between bursts, as it does in an open drive; null without one
/// @param missing why there is no ratio; null when there is one
public record FloorRatio(
        String variant,
        String floor,
        @Nullable Double queuedNs,
        @Nullable Double queuedRatio,
        @Nullable Double droppedNs,
        @Nullable Double droppedRatio,
        @Nullable Double pacedNs,
        @Nullable Double pacedRatio,
        @Nullable String missing) {
    /// What viewers report as negotiated, by the relay's own word for it.
    private static final Map<String, String> SRTP_OF_PROFILE =
            Map.of("AEAD_AES_128_GCM", "aes-gcm", "AES_CM_128_HMAC_SHA1_80", "aes-cm-sha1");

    /// @param cpuNsPerPacket mean over the variant's trials; null when none was measured
    static FloorRatio of(RunEvidence run, FloorEvidence floor, String variant, @Nullable Double cpuNsPerPacket) {
        List<TrialRecord> trials = run.measured(variant);
        if (trials.isEmpty() || cpuNsPerPacket == null) {
            return none(variant, "no trial was measured");
        }
        Map<String, String> settings = EffectiveSettings.of(run, trials.getFirst());
        String send = settings.get("send");
        if (send == null) {
            return none(variant, "the relay does not say how it sends");
        }
        Optional<String> srtp = srtp(trials);
        if (srtp.isEmpty()) {
            return none(variant, "not every viewer negotiated the same SRTP profile");
        }
        String provider = settings.getOrDefault("srtpProvider", "jce");
        Optional<FloorKind> queued = FloorKind.of(srtp.get(), provider, send, FloorKind.QUEUED);
        Optional<FloorKind> dropped = FloorKind.of(srtp.get(), provider, send, FloorKind.DROPPED);
        if (queued.isEmpty() || dropped.isEmpty()) {
            return none(variant, "the floor knows no send: " + send);
        }
        Double queuedNs = median(floor, queued.get());
        Double droppedNs = median(floor, dropped.get());
        Double pacedNs = median(floor, queued.get().withSink(FloorKind.PACED));
        return new FloorRatio(
                variant,
                queued.get().label(),
                queuedNs,
                ratio(cpuNsPerPacket, queuedNs),
                droppedNs,
                ratio(cpuNsPerPacket, droppedNs),
                pacedNs,
                ratio(cpuNsPerPacket, pacedNs),
                queuedNs == null && droppedNs == null ? why(floor, queued.get()) : null);
    }

    private static @Nullable Double ratio(double cpuNsPerPacket, @Nullable Double floorNs) {
        return floorNs == null ? null : cpuNsPerPacket / floorNs;
    }

    private static FloorRatio none(String variant, String reason) {
        return new FloorRatio(variant, "", null, null, null, null, null, null, reason);
    }

    private static @Nullable Double median(FloorEvidence floor, FloorKind kind) {
        return floor.reading(kind).map(FloorReading::cpuNsPerPacketMedian).orElse(null);
    }

    private static String why(FloorEvidence floor, FloorKind kind) {
        return floor.reading(kind).map(FloorReading::missing).orElse("no such floor was measured");
    }

    private static Optional<String> srtp(List<TrialRecord> trials) {
        List<String> profiles = trials.stream()
                .map(TrialRecord::load)
                .flatMap(load -> profiles(load).stream())
                .distinct()
                .toList();
        return profiles.size() == 1 ? Optional.ofNullable(SRTP_OF_PROFILE.get(profiles.getFirst())) : Optional.empty();
    }

    private static List<String> profiles(@Nullable LoadEvidence load) {
        return load == null ? List.of() : List.copyOf(load.srtpProfiles().keySet());
    }
}
