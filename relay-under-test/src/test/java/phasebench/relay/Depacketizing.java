package phasebench.relay;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import phasebench.relay.rtp.AccessUnit;
import phasebench.relay.rtp.TrackFormat;

/// Puts units together from the payloads of all their packets, written from the RFCs and apart from the relay's own
/// depacketizers. Throws for whatever the relay should not send.
final class Depacketizing {
    private Depacketizing() {}

    static AccessUnit unit(TrackFormat format, List<byte[]> payloads, long timestamp) {
        return switch (format) {
            case TrackFormat.H264 _ -> {
                var nals = nalUnits(payloads);
                boolean isKeyFrame = nals.stream().anyMatch(nal -> (nal[0] & 0x1f) == 5);
                yield new AccessUnit(timestamp, nals, isKeyFrame, System.nanoTime());
            }
            case TrackFormat.Vp8() -> {
                var frame = vp8(payloads);
                yield new AccessUnit(timestamp, List.of(frame), (frame[0] & 1) == 0, System.nanoTime());
            }
            case TrackFormat.Opus _ -> new AccessUnit(timestamp, payloads, true, System.nanoTime());
        };
    }

    /// RFC 6184, sections 5.6 (single), 5.7.1 (STAP-A) and 5.8 (FU-A).
    private static List<byte[]> nalUnits(List<byte[]> payloads) {
        var nals = new ArrayList<byte[]>();
        var fragments = new ByteArrayOutputStream();
        for (var payload : payloads) {
            int type = payload[0] & 0x1f;
            check(type == 28 || fragments.size() == 0, "a NAL unit within fragments");
            if (type == 28) {
                boolean isStart = (payload[1] & 0x80) != 0;
                check(isStart == (fragments.size() == 0), "a fragment out of place");
                if (isStart) {
                    fragments.write((payload[0] & 0xe0) | (payload[1] & 0x1f));
                }
                fragments.write(payload, 2, payload.length - 2);
                if ((payload[1] & 0x40) != 0) {
                    nals.add(fragments.toByteArray());
                    fragments.reset();
                }
            } else if (type == 24) {
                var aggregate = ByteBuffer.wrap(payload, 1, payload.length - 1);
                while (aggregate.hasRemaining()) {
                    var nal = new byte[aggregate.getShort() & 0xffff];
                    aggregate.get(nal);
                    nals.add(nal);
                }
            } else {
                check(type >= 1 && type <= 23, "payload type " + type);
                nals.add(payload);
            }
        }
        check(fragments.size() == 0, "the last fragment is missing");
        return nals;
    }

    /// RFC 7741, section 4.2: X, I, L, T and K say what follows; S begins the frame.
    private static byte[] vp8(List<byte[]> payloads) {
        var frame = new ByteArrayOutputStream();
        for (var payload : payloads) {
            int at = 1;
            if ((payload[0] & 0x80) != 0) {
                int extension = payload[at++];
                if ((extension & 0x80) != 0) {
                    at += (payload[at] & 0x80) != 0 ? 2 : 1;
                }
                at += (extension & 0x40) != 0 ? 1 : 0;
                at += (extension & 0x30) != 0 ? 1 : 0;
            }
            check(((payload[0] & 0x10) != 0) == (frame.size() == 0), "S out of place");
            frame.write(payload, at, payload.length - at);
        }
        return frame.toByteArray();
    }

    private static void check(boolean isRight, String what) {
        if (!isRight) {
            throw new IllegalStateException(what);
        }
    }
}
