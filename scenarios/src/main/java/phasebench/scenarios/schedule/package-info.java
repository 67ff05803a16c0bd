/// Which viewer joins and leaves when, as it follows from a scenario and a seed.
@NullMarked
package phasebench.scenarios.schedule;

import org.jspecify.annotations.NullMarked;
