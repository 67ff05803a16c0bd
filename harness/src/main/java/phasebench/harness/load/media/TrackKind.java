package phasebench.harness.load.media;

/// What a track carries, with what RTP says of it.
public enum TrackKind {
    /// H.264 by RFC 6184.
    VIDEO("video", "H264/90000", 90_000, true),
    /// Opus by RFC 7587: one Opus frame in each packet, whose marker says nothing of its end (section 4.2).
    AUDIO("audio", "opus/48000/2", 48_000, false);

    private final String word;
    private final String encoding;
    private final int clockRate;
    private final boolean hasMarkers;

    TrackKind(String word, String encoding, int clockRate, boolean hasMarkers) {
        this.word = word;
        this.encoding = encoding;
        this.clockRate = clockRate;
        this.hasMarkers = hasMarkers;
    }

    /// As in the m-line of a session description, and for people.
    public String word() {
        return word;
    }

    /// As in the rtpmap of a session description.
    public String encoding() {
        return encoding;
    }

    /// Ticks of the RTP clock per second.
    public int clockRate() {
        return clockRate;
    }

    /// Whether the last packet of a frame bears the marker; else each packet is a frame.
    public boolean hasMarkers() {
        return hasMarkers;
    }
}
