package phasebench.harness.drawing;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// What a drawing is made for: how wide, and with which characters.
///
/// @param columns at least [#COLUMNS_MIN]
public record Canvas(int columns, Characters characters) {
    /// Less would leave no room for a chart beside its scale.
    public static final int COLUMNS_MIN = 40;

    /// What a drawing may use.
    public enum Characters {
        ASCII,
        BLOCKS
    }

    public Canvas {
        if (columns < COLUMNS_MIN) {
            throw new IllegalArgumentException("columns is below " + COLUMNS_MIN + ": " + columns);
        }
    }

    /// For a stream: blocks where its character set has them.
    public static Canvas of(PrintStream out, int columns) {
        boolean hasBlocks = out.charset().newEncoder().canEncode("\u2588\u2581\u2502");
        return new Canvas(Math.max(COLUMNS_MIN, columns), hasBlocks ? Characters.BLOCKS : Characters.ASCII);
    }

    /// Text in lines that fit; what follows the first line is indented like it and a little more.
    public List<String> wrap(String text) {
        List<String> lines = new ArrayList<>();
        for (String line : text.lines().toList()) {
            int indent = line.length() - line.stripLeading().length();
            lines.addAll(wrap(" ".repeat(indent), " ".repeat(Math.min(indent + 2, columns / 2)), line.strip()));
        }
        return lines;
    }

    /// A label and what it names, which stays to its right.
    List<String> labelled(String label, int labelColumns, String text) {
        String first = label + " ".repeat(Math.max(1, labelColumns - label.length()));
        return wrap(first, " ".repeat(labelColumns), text);
    }

    private List<String> wrap(String first, String others, String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(first);
        boolean isEmpty = true;
        for (String word : text.split(" ", -1)) {
            String rest = word;
            if (!isEmpty && line.length() + 1 + rest.length() > columns) {
                lines.add(line.toString());
                line = new StringBuilder(others);
                isEmpty = true;
            }
            line.append(isEmpty ? "" : " ");
            // a word that fits no line is cut
            while (line.length() + rest.length() > columns) {
                int room = columns - line.length();
                lines.add(line + rest.substring(0, room));
                rest = rest.substring(room);
                line = new StringBuilder(others);
            }
            line.append(rest);
            isEmpty = false;
        }
        lines.add(line.toString());
        return lines;
    }
}
