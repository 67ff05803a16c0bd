/// What a run's trials say when the variants are compared: the file `comparison.json`, from which every page is made.
@NullMarked
package phasebench.reports.comparison;

import org.jspecify.annotations.NullMarked;
