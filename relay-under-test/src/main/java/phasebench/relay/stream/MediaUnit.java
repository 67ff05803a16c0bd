package phasebench.relay.stream;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import phasebench.relay.rtp.AccessUnit;

/// One access unit on its way from a stream to its viewers, with its place in the stream. It is counted by
/// reference: whoever keeps it retains it, and releases it when done.
public final class MediaUnit {
    /// What the unit is.
    ///
    /// @param track index into the stream's tracks
    /// @param inStream counts all units of a stream, from 1
    /// @param inTrack counts the units of its track, from 0
    /// @param firstPacket the track's packets before this unit
    /// @param packetCount RTP packets that the unit makes, for every viewer
    public record Place(int track, long inStream, long inTrack, long firstPacket, int packetCount) {}

    private final Place place;
    private final AccessUnit unit;
    private final @Nullable SharedPackets packets;
    private final AtomicInteger references = new AtomicInteger(1);

    /// @param packets null where each viewer makes its own
    MediaUnit(Place place, AccessUnit unit, @Nullable SharedPackets packets) {
        this.place = place;
        this.unit = unit;
        this.packets = packets;
    }

    public Place place() {
        return place;
    }

    public int track() {
        return place.track();
    }

    public AccessUnit unit() {
        return unit;
    }

    /// The payloads that all viewers share.
    ///
    /// @throws IllegalStateException where each viewer makes its own
    public SharedPackets packets() {
        if (packets == null) {
            throw new IllegalStateException("not packetized");
        }
        return packets;
    }

    /// @throws IllegalStateException after the last release
    public MediaUnit retain() {
        if (references.getAndIncrement() <= 0) {
            throw new IllegalStateException("retained after its release");
        }
        return this;
    }

    /// The last one gives its packets back.
    public void release() {
        int left = references.decrementAndGet();
        if (left == 0 && packets != null) {
            packets.release();
        } else if (left < 0) {
            throw new IllegalStateException("released too often");
        }
    }

    int bytes() {
        return packets == null ? unit.totalBytes() : packets.totalBytes();
    }
}
