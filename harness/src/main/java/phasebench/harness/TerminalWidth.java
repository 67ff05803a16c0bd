package phasebench.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Columns of the terminal that this process runs on.
final class TerminalWidth {
    private static final int COLUMNS_DEFAULT = 80;
    private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("(\\d+) (\\d+)\\s*");

    private TerminalWidth() {}

    /// What `stty size` says of our standard input, or 80.
    static int columns() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var output = stty.getInputStream()) {
                return parse(new String(output.readAllBytes(), StandardCharsets.US_ASCII))
                        .orElse(COLUMNS_DEFAULT);
            }
        } catch (IOException _) {
            return COLUMNS_DEFAULT;
        }
    }

    static Optional<Integer> parse(String sttySize) {
        Matcher size = ROWS_AND_COLUMNS.matcher(sttySize);
        // a terminal that does not know its size says 0 0
        return size.matches() && !size.group(2).equals("0")
                ? Optional.of(Integer.parseInt(size.group(2)))
                : Optional.empty();
    }
}
