package phasebench.scenarios;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Finds what a misspelt word was probably meant to be.
final class Spelling {
    /// Two slips: one doubled letter and one swap, as in `warmpUp`.
    private static final int DISTANCE_MAX = 2;

    private Spelling() {}

    static Optional<String> nearest(String wrong, List<String> candidates) {
        String word = wrong.toLowerCase(Locale.ROOT);
        return candidates.stream()
                .filter(candidate -> isNear(word, candidate.toLowerCase(Locale.ROOT)))
                .min(Comparator.comparingInt(candidate -> distance(word, candidate.toLowerCase(Locale.ROOT))));
    }

    private static boolean isNear(String word, String candidate) {
        int distanceMax = Math.min(DISTANCE_MAX, candidate.length() / 2);
        boolean isAbbreviation = word.length() >= 3 && (candidate.startsWith(word) || word.startsWith(candidate));
        return isAbbreviation || distance(word, candidate) <= distanceMax;
    }

    /// Levenshtein's edit distance, row by row.
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
