package phasebench.reports.html;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The colours of pictures by their role; the page's style sheet says what they are by day, by night and on paper. To
/// AWT each is a colour that only names it.
enum Ink {
    TEXT("ink", 0),
    GRID("grid", 1),
    SERIES_0("s0", 2),
    SERIES_1("s1", 3),
    SERIES_2("s2", 4),
    SERIES_3("s3", 5),
    SERIES_4("s4", 6),
    SERIES_5("s5", 7),
    SERIES_6("s6", 8),
    SERIES_7("s7", 9);

    static final Color NONE = new Color(0, 0, 0, 0);
    static final int SERIES_COUNT = 8;

    private static final List<Ink> SERIES =
            List.of(SERIES_0, SERIES_1, SERIES_2, SERIES_3, SERIES_4, SERIES_5, SERIES_6, SERIES_7);

    private final String cssClass;
    private final int code;

    Ink(String cssClass, int code) {
        this.cssClass = cssClass;
        this.code = code;
    }

    /// The name of the CSS class, after `f-` for a filled shape and `l-` for a line.
    String cssClass() {
        return cssClass;
    }

    Color color() {
        return new Color(1, 2, code);
    }

    /// Colours are used again from the ninth series on, with another marker or dash.
    static Ink series(int index) {
        return SERIES.get(index % SERIES_COUNT);
    }

    static Optional<Ink> of(Color color) {
        return Arrays.stream(values()).filter(ink -> ink.color().equals(color)).findFirst();
    }
}
