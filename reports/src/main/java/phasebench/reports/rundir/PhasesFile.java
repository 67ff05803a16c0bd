package phasebench.reports.rundir;

import phasebench.scenarios.PhaseLadder;

/// The file `phases.json`: what the variants of a ladder change and what was claimed of them.
record PhasesFile(int schemaVersion, PhaseLadder ladder) {
    /// The version that this code writes.
    static final int SCHEMA_VERSION = 1;
}
