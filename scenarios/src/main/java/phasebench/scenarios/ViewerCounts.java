package phasebench.scenarios;

import java.util.ArrayList;
import java.util.List;

/// Reads `viewerCounts` of an experiment: the numbers of viewers at which each variant is run.
final class ViewerCounts {
    private static final String ALLOWED =
            "a list of at least two ascending whole numbers from 0 to " + ViewerLoad.COUNT_MAX;

    private ViewerCounts() {}

    /// Empty without the key. Complains about each number that cannot be.
    static List<Integer> read(Section section) {
        if (!section.has("viewerCounts")) {
            return List.of();
        }
        int mistakesBefore = section.mistakes().count();
        List<Integer> counts = new ArrayList<>();
        for (String text : section.texts("viewerCounts", ALLOWED)) {
            if (!text.matches("\\d{1,6}") || Integer.parseInt(text) > ViewerLoad.COUNT_MAX) {
                section.problem("viewerCounts", Section.valueOf(text) + " is not a number of viewers", ALLOWED);
            } else if (!counts.isEmpty() && Integer.parseInt(text) <= counts.getLast()) {
                section.problem(
                        "viewerCounts",
                        Section.valueOf(text) + " does not lie above the one before it, " + counts.getLast(),
                        ALLOWED);
            } else {
                counts.add(Integer.parseInt(text));
            }
        }
        if (counts.size() < 2 && section.mistakes().count() == mistakesBefore) {
            section.problem("viewerCounts", "holds " + counts.size() + " of the numbers that a line needs", ALLOWED);
        }
        return counts;
    }

    /// The scenario at its largest load; the counts replace its own.
    static Scenario offered(Scenario scenario, List<Integer> counts) {
        return counts.isEmpty() ? scenario : scenario.withViewerCount(counts.getLast());
    }
}
