/// What is published: H.264 frames that carry their index and due time, and when each is due.
@NullMarked
package phasebench.harness.load.media;

import org.jspecify.annotations.NullMarked;
