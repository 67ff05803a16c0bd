/// The command line and the main path of an experiment.
@NullMarked
package phasebench.harness;

import org.jspecify.annotations.NullMarked;
