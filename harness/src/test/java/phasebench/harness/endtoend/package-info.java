/// Real clients against the relay as a program: ffmpeg publishes, Chromium plays, and both run inside
/// scripts/enclosure.
@NullMarked
package phasebench.harness.endtoend;

import org.jspecify.annotations.NullMarked;
