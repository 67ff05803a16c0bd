package phasebench.scenarios;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The numbers of a claim, with the digits that they were written with: those say how far they were rounded.
///
/// @param from the least that is expected; null for no bound
/// @param to the most; null for no bound
public record ClaimRange(
        @Nullable BigDecimal from, @Nullable BigDecimal to) {
    static final String ALLOWED =
            "a number, a range such as -5..-3 with the lower number first, 'at most N', 'at least N' or 'unchanged'";

    private static final String NUMBER = "([+-]?\\d+(?:\\.\\d+)?)";
    private static final Pattern SINGLE = Pattern.compile(NUMBER);
    private static final Pattern RANGE = Pattern.compile(NUMBER + "\\s*\\.\\.\\s*" + NUMBER);
    private static final Pattern AT_MOST = Pattern.compile("at most " + NUMBER);
    private static final Pattern AT_LEAST = Pattern.compile("at least " + NUMBER);

    public ClaimRange {
        if (from == null && to == null) {
            throw new IllegalArgumentException("a range needs a bound");
        }
        if (from != null && to != null && from.compareTo(to) > 0) {
            throw new IllegalArgumentException("range is inverted: " + from + ".." + to);
        }
    }

    /// As files write it; empty for any other text, and for a range whose first number is the higher one.
    static Optional<ClaimRange> parse(String text) {
        Matcher range = RANGE.matcher(text);
        Matcher atMost = AT_MOST.matcher(text);
        Matcher atLeast = AT_LEAST.matcher(text);
        if (text.equals("unchanged")) {
            return Optional.of(new ClaimRange(BigDecimal.ZERO, BigDecimal.ZERO));
        }
        if (SINGLE.matcher(text).matches()) {
            return Optional.of(new ClaimRange(new BigDecimal(text), new BigDecimal(text)));
        }
        if (range.matches()) {
            BigDecimal from = new BigDecimal(range.group(1));
            BigDecimal to = new BigDecimal(range.group(2));
            return from.compareTo(to) > 0 ? Optional.empty() : Optional.of(new ClaimRange(from, to));
        }
        if (atMost.matches()) {
            return Optional.of(new ClaimRange(null, new BigDecimal(atMost.group(1))));
        }
        return atLeast.matches()
                ? Optional.of(new ClaimRange(new BigDecimal(atLeast.group(1)), null))
                : Optional.empty();
    }

    static boolean isInverted(String text) {
        return RANGE.matcher(text).matches() && parse(text).isEmpty();
    }
}
