/// RTSP publishers: one per stream, each with a thread that sends frames when its drive lets them go.
@NullMarked
package phasebench.harness.load.publisher;

import org.jspecify.annotations.NullMarked;
