package phasebench.relay.rtsp;

/// What a client may send on its connection (RFC 2326, sections 6 and 10.12).
sealed interface RtspMessage permits RtspRequest, InterleavedFrame {}
