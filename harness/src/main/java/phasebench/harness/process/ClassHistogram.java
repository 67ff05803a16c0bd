package phasebench.harness.process;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The output of `jcmd GC.class_histogram`, which collects fully and counts what is left within one safepoint:
/// nothing that the relay allocates afterwards is in it.
public final class ClassHistogram {
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+(\\d+)\\s+(\\d+)\\s*$");

    /// What the collector puts where a moved object would leave a hole: counted by the tool, used by nobody.
    private static final Pattern FILLER =
            Pattern.compile("(?m)^\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+\\S*jdk\\.internal\\.vm\\.Filler\\w+;?.*$");

    private ClassHistogram() {}

    /// The histogram alone, of an output that holds more; all of the output if it holds none.
    static String in(String output) {
        int start = output.indexOf(" num ");
        return start < 0 ? output : output.substring(start);
    }

    /// Bytes of all live objects, the collector's fillers left out.
    ///
    /// @throws IllegalArgumentException if the text has no total line
    public static long liveBytes(String text) {
        Matcher total = TOTAL.matcher(text);
        if (!total.find()) {
            throw new IllegalArgumentException("no 'Total' line in the class histogram");
        }
        long fillerBytes = FILLER.matcher(text)
                .results()
                .mapToLong(filler -> Long.parseLong(filler.group(1)))
                .sum();
        return Long.parseLong(total.group(2)) - fillerBytes;
    }
}
