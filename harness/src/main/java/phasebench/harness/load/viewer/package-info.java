/// WHEP viewers: how they join, the one thread that receives for all of them, and the audit of what they got.
@NullMarked
package phasebench.harness.load.viewer;

import org.jspecify.annotations.NullMarked;
