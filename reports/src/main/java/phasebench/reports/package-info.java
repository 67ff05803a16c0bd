/// The main path of reporting: a run directory in, pages out.
@NullMarked
package phasebench.reports;

import org.jspecify.annotations.NullMarked;
