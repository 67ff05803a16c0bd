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
    record Synthetic(int framesPerSecond, int packetsPerFrame, int payloadBytes) implements MediaSource {
        /// Room for the frame index, the due time and the fragmentation header.
        public static final int PAYLOAD_BYTES_MIN = 64;

        /// What leaves room for SRTP and a 1500-byte link; browsers and Pion expect no more.
        public static final int PAYLOAD_BYTES_MAX = 1188;

        public Synthetic {
            MediaSource.requireFrameRate(framesPerSecond);
            if (packetsPerFrame < 1 || packetsPerFrame > 1000) {
                throw new IllegalArgumentException("packetsPerFrame is not within 1..1000: " + packetsPerFrame);
            }
            if (payloadBytes < PAYLOAD_BYTES_MIN || payloadBytes > PAYLOAD_BYTES_MAX) {
                throw new IllegalArgumentException("payloadBytes is not within " + PAYLOAD_BYTES_MIN + ".."
                        + PAYLOAD_BYTES_MAX + ": " + payloadBytes);
            }
        }
    }

    private static void requireFrameRate(int framesPerSecond) {
        if (framesPerSecond < 1 || framesPerSecond > 240) {
            throw new IllegalArgumentException("framesPerSecond is not within 1..240: " + framesPerSecond);
        }
    }
}
