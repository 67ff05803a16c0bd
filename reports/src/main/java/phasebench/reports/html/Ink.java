package phasebench.reports.html;

import java.awt.Color;
import java.util.Arrays;
import java.util.Optional;

/// The colours of pictures by their role; the page's style sheet says what they are by day, by night and on paper. To AWT each
/// is a colour that only names it.
enum Ink {
    TEXT,
    GRID,
    SERIES_0,
    SERIES_1,
    SERIES_2,
    SERIES_3,
    SERIES_4,
    SERIES_5,
    SERIES_6,
    SERIES_7;

    static final Color NONE = new Color(0, 0, 0, 0);
    static final int SERIES_COUNT = 8;

    /// The name of the CSS class.
    String cssClass() {
        return this == TEXT ? "ink" : this == GRID ? "grid" : "s" + (ordinal() - SERIES_0.ordinal());
    }

    Color color() {
        return new Color(1, 2, ordinal());
    }

    /// Colours are used again from the ninth series on, with another marker or dash.
    static Ink series(int index) {
        return values()[SERIES_0.ordinal() + index % SERIES_COUNT];
    }

    static Optional<Ink> of(Color color) {
        return Arrays.stream(values()).filter(ink -> ink.color().equals(color)).findFirst();
    }
}
