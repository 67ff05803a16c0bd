package phasebench.reports.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import phasebench.reports.evidence.Unit;

/// Writes numbers in a unit that suits their size, the same one for a whole row.
///
/// @param divisor from the metric's own unit to the one shown
/// @param symbol of the unit shown; empty for a plain count
public record Figures(double divisor, String symbol) {
    private static final int DIGITS = 4;
    private static final String MINUS = "−";

    /// Keeps number and unit on one line.
    private static final String SPACE = "\u00a0";

    /// The unit for numbers of which `largest` is the largest.
    public static Figures of(Unit unit, double largest) {
        double size = Math.abs(largest);
        return switch (unit) {
            case NANOSECONDS ->
                size < 1e5
                        ? new Figures(1, "ns")
                        : size < 1e6
                                ? new Figures(1e3, "µs")
                                : size < 1e10 ? new Figures(1e6, "ms") : new Figures(1e9, "s");
            case BYTES ->
                size < 10_240
                        ? new Figures(1, "B")
                        : size < 10_485_760 ? new Figures(1024, "KiB") : new Figures(1_048_576, "MiB");
            case PERCENT -> new Figures(1, "%");
            case SHARE -> new Figures(0.01, "%");
            case PER_SECOND -> new Figures(1, "/s");
            case COUNT -> new Figures(1, "");
        };
    }

    /// Without the unit: up to four significant digits, thousands grouped, integers whole.
    public String number(double value) {
        return significant(value / divisor, DIGITS);
    }

    /// With the unit.
    public String full(double value) {
        return withSymbol(number(value));
    }

    /// A difference: with the unit, three significant digits, and always with a sign, except 0.
    public String signed(double value) {
        return (value > 0 ? "+" : "") + withSymbol(significant(value / divisor, DIGITS - 1));
    }

    private String withSymbol(String number) {
        return symbol.isEmpty() ? number : number + SPACE + symbol;
    }

    /// The same for differences, where a percentage would be taken for a relative change.
    public Figures asDifference() {
        return symbol.equals("%") ? new Figures(divisor, "points") : this;
    }

    /// The label of a tick on an axis, in the unit of the axis.
    public static String tick(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(6)).stripTrailingZeros();
        String digits = String.format(Locale.ROOT, "%,." + Math.max(0, rounded.scale()) + "f", rounded.abs());
        return (rounded.signum() < 0 ? MINUS : "") + digits;
    }

    /// A time with its own unit, for axes that span several.
    public static String time(double nanoseconds) {
        if (nanoseconds < 1e3) {
            return significant(nanoseconds, DIGITS) + " ns";
        }
        if (nanoseconds < 1e6) {
            return significant(nanoseconds / 1e3, DIGITS) + " µs";
        }
        return nanoseconds < 1e9
                ? significant(nanoseconds / 1e6, DIGITS) + " ms"
                : significant(nanoseconds / 1e9, DIGITS) + " s";
    }

    /// A relative change, from a fraction: `−12.3 %`.
    public static String percent(double fraction) {
        double percent = 100 * fraction;
        double size = Math.abs(percent);
        String digits = String.format(Locale.ROOT, size < 0.995 ? "%.2f" : size < 99.95 ? "%.1f" : "%,.0f", size);
        boolean isZero = Double.parseDouble(digits.replace(",", "")) == 0;
        return (isZero ? "" : percent < 0 ? MINUS : "+") + digits + SPACE + "%";
    }

    static String significant(double value, int digitsMax) {
        if (value == 0) {
            return "0";
        }
        BigDecimal exact = BigDecimal.valueOf(value);
        int integerDigits = exact.precision() - exact.scale();
        BigDecimal rounded = integerDigits >= digitsMax
                ? exact.setScale(0, RoundingMode.HALF_EVEN)
                : exact.round(new MathContext(digitsMax, RoundingMode.HALF_EVEN));
        boolean isWhole = value == Math.rint(value);
        int scale = isWhole ? 0 : Math.max(0, rounded.scale());
        String digits = String.format(Locale.ROOT, "%,." + scale + "f", rounded.abs());
        return (rounded.signum() < 0 ? MINUS : "") + digits;
    }
}
