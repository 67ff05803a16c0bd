package phasebench.relay.rtp;

import org.jspecify.annotations.Nullable;

/// VP8 by RFC 7741: frames without the payload descriptor.
final class Vp8Depacketizer extends PictureDepacketizer {
    private final ByteAccumulator frame = new ByteAccumulator(PICTURE_BYTES_MAX);
    private final int[] bounds = new int[2];

    Vp8Depacketizer(Listener listener) {
        super(listener);
    }

    /// S is set and the partition index is 0.
    @Override
    boolean beginsPicture(byte[] rtp, int offset, int length) {
        return (rtp[offset] & 0x17) == 0x10;
    }

    @Override
    boolean add(byte[] rtp, int offset, int length) {
        int descriptorBytes = descriptorLength(rtp, offset, length);
        boolean isWellFormed = descriptorBytes > 0
                && beginsPicture(rtp, offset, length) == (frame.size() == 0)
                && frame.append(rtp, offset + descriptorBytes, length - descriptorBytes);
        return isWellFormed || drop(IngestDrop.MALFORMED_PAYLOAD);
    }

    @Override
    @Nullable
    AccessUnit picture(long rtpTimestamp, long arrivalNs) {
        if (frame.size() == 0) {
            return null;
        }
        bounds[1] = frame.size();
        return AccessUnit.borrowing(rtpTimestamp, frame.bytes(), bounds, 1, isKeyFrame(), arrivalNs);
    }

    @Override
    void clear() {
        frame.clear();
    }

    /// Size of the descriptor (section 4.2), or -1 if no byte of the frame comes after it.
    private static int descriptorLength(byte[] rtp, int offset, int length) {
        if ((rtp[offset] & 0x80) == 0) {
            return length > 1 ? 1 : -1;
        }
        if (length < 3) {
            return -1;
        }
        int extension = rtp[offset + 1];
        int bytes = 2;
        if ((extension & 0x80) != 0) {
            bytes += (rtp[offset + 2] & 0x80) != 0 ? 2 : 1;
        }
        bytes += (extension & 0x40) != 0 ? 1 : 0;
        bytes += (extension & 0x30) != 0 ? 1 : 0;
        return bytes < length ? bytes : -1;
    }

    /// The inverse key frame flag is 0 and the start code follows the frame tag (RFC 6386, section 9.1).
    private boolean isKeyFrame() {
        byte[] bytes = frame.bytes();
        return frame.size() >= 10
                && (bytes[0] & 0x01) == 0
                && bytes[3] == (byte) 0x9d
                && bytes[4] == 0x01
                && bytes[5] == 0x2a;
    }
}
