package phasebench.relay.plant;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import phasebench.relay.metrics.RelayMetrics;
import phasebench.relay.metrics.ThreadStarter;

/// What the command line wants planted.
public final class Plants {
    /// Nothing, as in every relay that is meant well.
    public static final Plants NONE = new Plants(Map.of());

    private final Map<PlantKind, String> texts;

    private Plants(Map<PlantKind, String> texts) {
        this.texts = texts;
    }

    /// Reads `KIND=AMOUNT` of each option.
    ///
    /// @throws IllegalArgumentException for what cannot be planted; its message is for the user
    public static Plants parse(List<String> options) {
        var texts = new EnumMap<PlantKind, String>(PlantKind.class);
        for (var option : options) {
            int equals = option.indexOf('=');
            var kind = kind(option, equals < 0 ? option : option.substring(0, equals));
            var amount = option.substring(equals + 1);
            if (equals < 0 || kind.amount(amount).isEmpty()) {
                throw new IllegalArgumentException("--plant %s: value '%s' cannot be planted; allowed: %s"
                        .formatted(option, equals < 0 ? "" : amount, kind.allowed()));
            }
            if (texts.put(kind, amount) != null) {
                throw new IllegalArgumentException("--plant %s: %s is planted already".formatted(option, kind.key()));
            }
        }
        return new Plants(texts);
    }

    private static PlantKind kind(String option, String key) {
        for (var kind : PlantKind.values()) {
            if (kind.key().equals(key)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "--plant %s: '%s' cannot be planted; allowed: %s".formatted(option, key, PlantKind.keys()));
    }

    public boolean isEmpty() {
        return texts.isEmpty();
    }

    /// Makes the changes; what they need to know about this machine is measured now.
    ///
    /// @param threads what the relay's own sessions run on
    public Planted plant(RelayMetrics metrics, ThreadStarter threads) {
        var amounts = new EnumMap<PlantKind, Double>(PlantKind.class);
        texts.forEach((kind, text) -> amounts.put(kind, kind.amount(text).orElseThrow()));
        return new Planted(amounts, metrics, threads);
    }

    /// As in the READY line: `plant.cpu=3% plant.threads=5`; empty for nothing.
    @Override
    public String toString() {
        return texts.entrySet().stream()
                .map(entry -> "plant." + entry.getKey().key() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }
}
