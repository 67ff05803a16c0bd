package phasebench.relay.rtp;

/// The codec of one published track.
public sealed interface TrackFormat {
    /// Ticks of the RTP clock per second.
    int clockRate();

    /// H.264 by RFC 6184, packetization-mode 1.
    ///
    /// @param profileLevelId six hex digits, lower case, as in SDP
    record H264(String profileLevelId) implements TrackFormat {
        @Override
        public int clockRate() {
            return 90_000;
        }
    }

    /// VP8 by RFC 7741.
    record Vp8() implements TrackFormat {
        @Override
        public int clockRate() {
            return 90_000;
        }
    }

    /// Opus by RFC 7587; always 48 kHz on the RTP clock.
    ///
    /// @param channels 1 or 2 in the coded audio
    record Opus(int channels) implements TrackFormat {
        @Override
        public int clockRate() {
            return 48_000;
        }
    }
}
