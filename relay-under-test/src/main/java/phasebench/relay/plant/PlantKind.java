package phasebench.relay.plant;

import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What can be planted, and how much of it may be asked for.
public enum PlantKind {
    /// Burns a share of what the relay itself uses: with `3%` the process takes 3 % more CPU per packet.
    CPU("(\\d+(?:\\.\\d+)?)(%)", 100, "a share of the relay's own CPU time per packet, above 0% to 100%, such as 3%"),
    /// Heap that each forwarded packet allocates and drops, the object's header included.
    ALLOC("(\\d+(?:\\.\\d+)?)(B|kB)", 1e6, "heap per packet, 16B to 1000kB, such as 200B"),
    /// Threads that each viewer's session starts and leaves behind.
    THREADS("(\\d+)()", 1000, "a whole number of threads per viewer, 1 to 1000"),
    /// How much later each unit of a publisher goes to the viewers. For open drive: a closed one only slows down.
    LATENCY("(\\d+(?:\\.\\d+)?)(us|ms)", 1e9, "a time, above 0us to 1000ms, such as 2ms"),
    /// Private memory of each viewer that is read and written from one end to the other with each of its frames.
    WALK("(\\d+(?:\\.\\d+)?)(B|kB|MB)", 64e6, "memory per viewer, 64B to 64MB, such as 0.1MB"),
    /// Private memory of each viewer that its packets are written to, round and round, and that nobody ever reads.
    HOARD("(\\d+(?:\\.\\d+)?)(B|kB|MB)", 64e6, "memory per viewer, 64B to 64MB, such as 1.75MB");

    private final Pattern pattern;
    private final double max;
    private final String allowed;

    PlantKind(String pattern, double max, String allowed) {
        this.pattern = Pattern.compile(pattern);
        this.max = max;
        this.allowed = allowed;
    }

    /// The name on the command line.
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What the command line may say, in words.
    String allowed() {
        return allowed;
    }

    /// In percent, bytes, threads or nanoseconds; empty for what cannot be planted.
    OptionalDouble amount(String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            return OptionalDouble.empty();
        }
        double amount = Double.parseDouble(matcher.group(1)) * factor(matcher.group(2));
        return amount >= min() && amount <= max ? OptionalDouble.of(amount) : OptionalDouble.empty();
    }

    static String keys() {
        return Arrays.stream(values()).map(PlantKind::key).collect(Collectors.joining(", "));
    }

    private double min() {
        return switch (this) {
            case CPU, LATENCY -> Double.MIN_VALUE;
            case ALLOC -> AllocationPlant.OBJECT_BYTES_MIN;
            case THREADS -> 1;
            case WALK, HOARD -> WalkPlant.LINE_BYTES;
        };
    }

    private static double factor(String unit) {
        return switch (unit) {
            case "kB", "us" -> 1e3;
            case "MB", "ms" -> 1e6;
            default -> 1;
        };
    }
}
