package phasebench.scenarios;

/// How the publisher's RTP reaches the relay by RTSP.
public enum Transport {
    /// RTP interleaved in the RTSP connection (RFC 2326, section 10.12).
    TCP,
    /// RTP in datagrams of its own.
    UDP
}
