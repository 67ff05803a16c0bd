/// Statistics on plain numbers: no I/O, no clock, randomness only by a seed that the caller gives.
@NullMarked
package phasebench.reports.stats;

import org.jspecify.annotations.NullMarked;
