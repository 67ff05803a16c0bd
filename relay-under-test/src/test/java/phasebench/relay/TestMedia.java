package phasebench.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import phasebench.relay.rtp.AccessUnit;

/// Access units that a test makes up: right in form, random inside.
final class TestMedia {
    /// Each with id 0.
    private static final byte[] SPS = {0x67, 0x42, (byte) 0xe0, 0x1f, (byte) 0x8c, 2, 3, 4};
    private static final byte[] PPS = {0x68, (byte) 0xce, 2, 3};

    private static final byte[] VP8_START_CODE = {(byte) 0x9d, 0x01, 0x2a};

    /// Below, at and above what a packet holds, and many packets.
    private static final int[] SIZES = {200, 1188, 1189, 5000, 40, 1187, 20_000, 2376};

    private final Random random = new Random(4);

    /// A key frame is SPS, PPS and IDR; others are one or two slices.
    AccessUnit h264(int index, boolean isKeyFrame, long rtpTimestamp) {
        var nals = new ArrayList<byte[]>();
        if (isKeyFrame) {
            nals.add(SPS);
            nals.add(PPS);
            nals.add(nal(0x65, 30_000));
        } else {
            nals.add(nal(0x41, SIZES[index % SIZES.length]));
            if (index % 3 == 0) {
                nals.add(nal(0x41, 300));
            }
        }
        return new AccessUnit(rtpTimestamp, nals, isKeyFrame, System.nanoTime());
    }

    /// As ffmpeg's RTSP muxer sends it: the parameter sets stand in the SDP only, or came before.
    AccessUnit bareIdr(long rtpTimestamp) {
        return new AccessUnit(rtpTimestamp, List.of(nal(0x65, 30_000)), true, System.nanoTime());
    }

    /// A frame tag as in RFC 6386, section 9.1: the lowest bit is 0 for key frames, and a start code follows.
    AccessUnit vp8(int index, boolean isKeyFrame, long rtpTimestamp) {
        var frame = bytes(SIZES[index % SIZES.length]);
        frame[0] = (byte) (isKeyFrame ? 0x10 : 0x11);
        if (isKeyFrame) {
            System.arraycopy(VP8_START_CODE, 0, frame, 3, VP8_START_CODE.length);
        }
        return new AccessUnit(rtpTimestamp, List.of(frame), isKeyFrame, System.nanoTime());
    }

    AccessUnit opus(long rtpTimestamp) {
        return new AccessUnit(rtpTimestamp, List.of(bytes(160)), true, System.nanoTime());
    }

    /// The highest bit of the second byte says that a slice is the first of its picture.
    private byte[] nal(int header, int size) {
        var nal = bytes(size);
        nal[0] = (byte) header;
        nal[1] |= (byte) 0x80;
        return nal;
    }

    private byte[] bytes(int size) {
        var bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }
}
