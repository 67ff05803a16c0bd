/// The machine under the trials: what it can do, what runs where, and who else is using it.
@NullMarked
package phasebench.harness.machine;

import org.jspecify.annotations.NullMarked;
