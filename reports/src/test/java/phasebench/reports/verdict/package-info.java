@NullMarked
package phasebench.reports.verdict;

import org.jspecify.annotations.NullMarked;
