/// The run directory on disk: what the harness writes and the reports read, versioned, raw evidence before anything
/// derived.
@NullMarked
package phasebench.reports.rundir;

import org.jspecify.annotations.NullMarked;
