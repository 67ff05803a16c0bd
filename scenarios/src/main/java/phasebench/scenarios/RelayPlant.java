package phasebench.scenarios;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Changes for the worse that can be planted in a relay, to see whether they are found. Only a file of `kind:
/// calibration` may ask for them.
public enum RelayPlant {
    /// CPU time burnt with each packet, as a share of what the relay itself uses.
    CPU("\\d+(\\.\\d+)?%", "a share above 0% to 100%, such as 3%"),
    /// Heap that each packet allocates and drops.
    ALLOC("\\d+(\\.\\d+)?(B|kB)", "heap per packet from 16B to 1000kB, such as 200B"),
    /// Threads that each viewer's session leaves behind.
    THREADS("\\d+", "a whole number of threads per viewer from 1 to 1000"),
    /// How much later each frame goes to the viewers.
    LATENCY("\\d+(\\.\\d+)?(us|ms)", "a time above 0us to 1000ms, such as 2ms"),
    /// Memory of each viewer's own that is read and written from end to end with each of its frames.
    WALK("\\d+(\\.\\d+)?(B|kB|MB)", "memory per viewer from 64B to 64MB, such as 0.1MB"),
    /// Memory of each viewer's own that packets are written to, round and round, and nobody reads.
    HOARD("\\d+(\\.\\d+)?(B|kB|MB)", "memory per viewer from 64B to 64MB, such as 1.75MB");

    /// Of a variant in a file.
    static final String KEY = "plant";

    private final Pattern pattern;
    private final String allowed;

    RelayPlant(String pattern, String allowed) {
        this.pattern = Pattern.compile(pattern);
        this.allowed = allowed;
    }

    /// The name in files and on the relay's command line.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether it looks like an amount of this; the relay has the last word on its size.
    public boolean allows(String amount) {
        return pattern.matcher(amount).matches();
    }

    /// The amounts that can be planted, in words.
    public String allowed() {
        return allowed;
    }

    /// The plant of that name, if there is one.
    public static Optional<RelayPlant> byKey(String key) {
        return Arrays.stream(values()).filter(plant -> plant.key().equals(key)).findFirst();
    }

    /// The names of all plants.
    public static List<String> keys() {
        return Arrays.stream(values()).map(RelayPlant::key).toList();
    }

    /// What a variant has planted, none if its key is missing; complains in a file that may not plant.
    static Map<String, String> read(Section variant, FileKind kind) {
        if (!variant.has(KEY)) {
            return Map.of();
        }
        if (kind != FileKind.CALIBRATION) {
            variant.problem(
                    KEY,
                    "makes the relay worse on purpose, which a file of kind: " + kind.word() + " may not",
                    "in a file of kind: " + FileKind.CALIBRATION.word());
            return Map.of();
        }
        Section section = variant.section(KEY, keys());
        Map<String, String> plants = section.allTexts("an amount to plant");
        plants.forEach((key, amount) -> byKey(key)
                .filter(plant -> !plant.allows(amount))
                .ifPresent(plant ->
                        section.problem(key, Section.valueOf(amount) + " cannot be planted", plant.allowed())));
        return plants;
    }
}
