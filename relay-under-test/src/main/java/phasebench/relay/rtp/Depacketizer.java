package phasebench.relay.rtp;

import java.util.List;

/// Turns the RTP packets of one track into access units.
///
/// Has one owner at a time. Wants packets in order of sequence; what is missing, late or broken costs the access
/// units it belongs to and nothing else.
public interface Depacketizer {
    /// Takes one RTP packet, header included; keeps no reference to it.
    ///
    /// One packet may end two access units: the one before it, by its new timestamp, and its own, by its marker.
    ///
    /// @param arrivalNs when it arrived (System.nanoTime)
    void push(byte[] rtp, int length, long arrivalNs);

    /// Makes the depacketizer of a format.
    ///
    /// @param parameterSets H.264: NAL units of `sprop-parameter-sets`; else empty
    static Depacketizer of(TrackFormat format, List<byte[]> parameterSets, Listener listener) {
        return switch (format) {
            case TrackFormat.H264 _ -> new H264Depacketizer(parameterSets, listener);
            case TrackFormat.Vp8 _ -> new Vp8Depacketizer(listener);
            case TrackFormat.Opus _ -> new OpusDepacketizer(listener);
        };
    }

    /// Takes what comes out, on the thread that pushes.
    interface Listener {
        /// Takes a whole access unit.
        void accessUnit(AccessUnit unit);

        /// Hears of something thrown away: one packet, or for `DAMAGED_ACCESS_UNIT` one access unit.
        void dropped(IngestDrop reason);
    }
}
