/// Which trial when, and whether it counts: order, length and validity, as pure functions.
@NullMarked
package phasebench.harness.plan;

import org.jspecify.annotations.NullMarked;
