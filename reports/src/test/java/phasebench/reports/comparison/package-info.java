@NullMarked
package phasebench.reports.comparison;

import org.jspecify.annotations.NullMarked;
