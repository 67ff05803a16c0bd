package phasebench.scenarios;

import java.util.List;

/// Where a stream's frames come from.
public sealed interface MediaSource {
    /// Frames per second offered to the relay.
    int framesPerSecond();

    /// A shipped H.264 clip, looped; each frame carries its index and due time in an SEI message.
    ///
    /// @param name name of a clip that ships with the load generator
    record Clip(String name, int framesPerSecond) implements MediaSource {
        /// The clips that ship with the load generator.
        public static final List<String> NAMES = List.of("testcard");

        /// The rate at which the shipped clips were made.
        public static final int FRAMES_PER_SECOND = 30;

        public Clip {
            MediaSource.requireFrameRate(framesPerSecond);
        }
    }

    /// Frames of equal size made on the fly, with frame index and due time in each payload.
    ///
    /// @param packetsPerFrame RTP packets in each frame
    /// @param payloadBytes RTP payload bytes of each packet
    /// @param groupFrames frames from one IDR picture to the next
    record Synthetic(int framesPerSecond, int packetsPerFrame, int payloadBytes, int groupFrames)
            implements MediaSource {
        /// One IDR picture in so many frames when a file does not say.
        public static final int GROUP_FRAMES = 30;

        /// More than ten minutes at 60 frames per second.
        public static final int GROUP_FRAMES_MAX = 36_000;

        /// More packets in one frame than any encoder makes.
        public static final int PACKETS_PER_FRAME_MAX = 1000;

        /// Room for the frame index, the due time and the fragmentation header.
        public static final int PAYLOAD_BYTES_MIN = 64;

        /// What leaves room for SRTP and a 1500-byte link; browsers and Pion expect no more.
        public static final int PAYLOAD_BYTES_MAX = 1188;

        public Synthetic {
            MediaSource.requireFrameRate(framesPerSecond);
            if (packetsPerFrame < 1 || packetsPerFrame > PACKETS_PER_FRAME_MAX) {
                throw new IllegalArgumentException("packetsPerFrame is not within 1..1000: " + packetsPerFrame);
            }
            if (payloadBytes < PAYLOAD_BYTES_MIN || payloadBytes > PAYLOAD_BYTES_MAX) {
                throw new IllegalArgumentException("payloadBytes is not within " + PAYLOAD_BYTES_MIN + ".."
                        + PAYLOAD_BYTES_MAX + ": " + payloadBytes);
            }
            if (groupFrames < 1 || groupFrames > GROUP_FRAMES_MAX) {
                throw new IllegalArgumentException(
                        "groupFrames is not within 1.." + GROUP_FRAMES_MAX + ": " + groupFrames);
            }
        }

        /// With an IDR picture in every [#GROUP_FRAMES] frames.
        public Synthetic(int framesPerSecond, int packetsPerFrame, int payloadBytes) {
            this(framesPerSecond, packetsPerFrame, payloadBytes, GROUP_FRAMES);
        }

        /// The frames that come nearest to a bitrate of RTP payload, in as few packets as the largest size allows;
        /// throws if no such frames can be made.
        public static Synthetic ofBitrate(
                int framesPerSecond, long bitsPerSecond, int payloadBytesMax, int groupFrames) {
            double frameBytes = bitsPerSecond / 8.0 / framesPerSecond;
            double packets = Math.max(1, Math.ceil(frameBytes / payloadBytesMax));
            if (packets > PACKETS_PER_FRAME_MAX || frameBytes < PAYLOAD_BYTES_MIN) {
                throw new IllegalArgumentException("makes frames of %.0f bytes, not %d to %d"
                        .formatted(frameBytes, PAYLOAD_BYTES_MIN, (long) PACKETS_PER_FRAME_MAX * payloadBytesMax));
            }
            int payloadBytes = Math.clamp(Math.round(frameBytes / packets), PAYLOAD_BYTES_MIN, payloadBytesMax);
            return new Synthetic(framesPerSecond, (int) packets, payloadBytes, groupFrames);
        }

        /// Bits of RTP payload per second.
        public long bitsPerSecond() {
            return 8L * framesPerSecond * packetsPerFrame * payloadBytes;
        }
    }

    private static void requireFrameRate(int framesPerSecond) {
        if (framesPerSecond < 1 || framesPerSecond > 240) {
            throw new IllegalArgumentException("framesPerSecond is not within 1..240: " + framesPerSecond);
        }
    }
}
