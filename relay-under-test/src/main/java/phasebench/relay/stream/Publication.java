package phasebench.relay.stream;

import phasebench.relay.rtp.AccessUnit;

/// One publisher's hold on a stream. Calls for one track come from one thread at a time, in decoding order.
public interface Publication extends AutoCloseable {
    /// Takes one access unit of a track.
    ///
    /// @param track index into the tracks given at `publish`
    void accessUnit(int track, AccessUnit unit);

    /// Takes the publisher's mapping of wall clock to RTP clock (RFC 3550, section 6.4.1).
    ///
    /// @param ntpTimestamp 64-bit NTP timestamp
    /// @param rtpTimestamp unsigned 32 bits
    void senderReport(int track, long ntpTimestamp, long rtpTimestamp);

    /// Ends the stream; its viewers are told by closing them.
    @Override
    void close();
}
