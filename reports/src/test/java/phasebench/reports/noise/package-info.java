@NullMarked
package phasebench.reports.noise;

import org.jspecify.annotations.NullMarked;
