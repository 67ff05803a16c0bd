package phasebench.relay.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.rtp.AccessUnit;
import phasebench.relay.rtp.Packetizer;
import phasebench.relay.rtp.TrackFormat;

/// Frames for benchmarks: H.264 pictures of 8 packets of 1200 bytes.
public final class BenchmarkUnits {
    public static final int PACKETS_PER_FRAME = 8;

    public static final TrackFormat FORMAT = new TrackFormat.H264("42e01f");

    /// What a fragment of a NAL unit (FU-A) has in front of its bytes.
    private static final int FRAGMENT_HEADER_BYTES = 2;

    private BenchmarkUnits() {}

    /// The first frames of a track.
    ///
    /// @param shared where their shared packets are put; null where each viewer makes its own
    public static List<MediaUnit> frames(int count, @Nullable BufferPool shared) {
        var numbering = new TrackNumbering(0, FORMAT, shared);
        var frames = new ArrayList<MediaUnit>();
        for (int i = 0; i < count; i++) {
            var frame = numbering.next(picture(i), 1 + i);
            if (frame.place().packetCount() != PACKETS_PER_FRAME) {
                throw new IllegalStateException("packets: " + frame.place().packetCount());
            }
            frames.add(frame);
        }
        return frames;
    }

    /// Adds a frame to a stream's history, as the stream does.
    public static void remember(PacketHistory history, MediaUnit frame) {
        history.add(frame);
    }

    /// Makes a frame's shared packets, as a stream does once for all viewers.
    public static int share(Packetizer packetizer, MediaUnit frame, BufferPool buffers) {
        var packets = SharedPackets.of(packetizer, frame.unit(), 0, buffers);
        int count = packets.count();
        packets.release();
        return count;
    }

    private static AccessUnit picture(int number) {
        var unit = new byte[1 + PACKETS_PER_FRAME * (Packetizer.PAYLOAD_BYTES_MAX - FRAGMENT_HEADER_BYTES)];
        new Random(number).nextBytes(unit);
        // a slice of a picture that others may refer to (RFC 6184, section 5.3)
        unit[0] = 0x41;
        return new AccessUnit(3000L * number, List.of(unit), false, 0);
    }
}
