/// RTSP 1.0 (RFC 2326): publishers come in by ANNOUNCE and RECORD, over TCP or UDP.
@NullMarked
package phasebench.relay.rtsp;

import org.jspecify.annotations.NullMarked;
