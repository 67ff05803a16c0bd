package phasebench.scenarios;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Bitrates as files write them: a whole number and a unit, such as `800kbit` or `2Mbit`, per second.
public final class Bitrates {
    private static final Pattern BITRATE = Pattern.compile("(\\d{1,9})(kbit|Mbit)");
    private static final long KILO = 1_000;
    private static final long MEGA = 1_000_000;

    private Bitrates() {}

    /// Bits per second, or nothing where the text is no bitrate.
    static OptionalLong parse(String text) {
        Matcher matcher = BITRATE.matcher(text);
        return matcher.matches()
                ? OptionalLong.of(
                        Long.parseLong(matcher.group(1)) * (matcher.group(2).equals("kbit") ? KILO : MEGA))
                : OptionalLong.empty();
    }

    /// The shortest way to write a bitrate of whole kilobits: `2Mbit`, `2400kbit`.
    public static String format(long bitsPerSecond) {
        return bitsPerSecond % MEGA == 0 ? bitsPerSecond / MEGA + "Mbit" : bitsPerSecond / KILO + "kbit";
    }
}
