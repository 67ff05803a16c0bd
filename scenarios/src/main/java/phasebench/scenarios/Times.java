package phasebench.scenarios;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times as files write them: a whole number and a unit, such as `500ms`, `5s`, `2m`.
public final class Times {
    private static final Pattern TIME = Pattern.compile("(-?\\d{1,9})(ms|s|m)");

    private Times() {}

    /// What became of a text.
    sealed interface Parsed {}

    record Right(Duration value) implements Parsed {}

    record Wrong(String problem) implements Parsed {}

    static Parsed parse(String text) {
        Matcher matcher = TIME.matcher(text);
        if (matcher.matches()) {
            long number = Long.parseLong(matcher.group(1));
            return new Right(
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(number);
                        case "s" -> Duration.ofSeconds(number);
                        default -> Duration.ofMinutes(number);
                    });
        }
        return new Wrong(text.matches("-?[\\d.]+") ? "has no unit" : "is not a whole number with a unit");
    }

    /// The shortest exact way to write a time: `2m`, `90s`, `1500ms`.
    public static String format(Duration value) {
        long millis = value.toMillis();
        if (millis != 0 && millis % 60_000 == 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
}
