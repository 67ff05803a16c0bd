/// The relay's process: its command line, its start and end by handle, and everything that is read of it from
/// outside.
@NullMarked
package phasebench.harness.process;

import org.jspecify.annotations.NullMarked;
