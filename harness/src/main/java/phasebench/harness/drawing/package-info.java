/// Scenarios drawn as text: what is offered, who comes and goes when, and how many packets that makes.
@NullMarked
package phasebench.harness.drawing;

import org.jspecify.annotations.NullMarked;
