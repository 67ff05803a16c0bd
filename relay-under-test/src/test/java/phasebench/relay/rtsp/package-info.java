/// Tests of RTSP ingest: by script, by garbage, and by a real ffmpeg.
@NullMarked
package phasebench.relay.rtsp;

import org.jspecify.annotations.NullMarked;
