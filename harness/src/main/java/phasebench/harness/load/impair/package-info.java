/// The network that a scenario puts between relay and viewers: loses, delays, reorders and repeats packets, repeatably,
/// and counts what it did.
@NullMarked
package phasebench.harness.load.impair;

import org.jspecify.annotations.NullMarked;
