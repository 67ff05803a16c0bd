/// What numbers support: verdicts about comparisons and about claims, by fixed rules.
@NullMarked
package phasebench.reports.verdict;

import org.jspecify.annotations.NullMarked;
