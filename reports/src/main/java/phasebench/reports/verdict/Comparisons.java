package phasebench.reports.verdict;

import java.util.List;

/// Where a family of comparisons comes from, such as a run.
public interface Comparisons {
    /// All that are judged together, those without a number included.
    List<Comparison> comparisons();
}
