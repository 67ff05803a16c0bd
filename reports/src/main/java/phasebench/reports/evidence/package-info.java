/// From a trial's raw record to one number per metric, or the reason why there is none.
@NullMarked
package phasebench.reports.evidence;

import org.jspecify.annotations.NullMarked;
