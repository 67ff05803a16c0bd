package phasebench.relay.rtp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Access units to send in tests, and the RTP packets that carry them.
public final class RtpPackets {
    private static final long SSRC = 0xcafe_f00dL;

    private RtpPackets() {}

    /// One packet of a test stream.
    ///
    /// @param unit index of the access unit it belongs to
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Packet(int unit, int sequence, byte[] bytes) {}

    /// Packets of all units with sequences from `firstSequence` on and the payload type 96.
    public static List<Packet> of(TrackFormat format, List<AccessUnit> units, int firstSequence) {
        Packetizer packetizer = Packetizer.of(format, 1188);
        List<Packet> packets = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            int index = i;
            AccessUnit unit = units.get(i);
            packetizer.packetize(unit, index, (buffer, offset, length, isLast) -> {
                int sequence = (firstSequence + packets.size()) & 0xffff;
                byte[] bytes = Arrays.copyOfRange(buffer, offset, offset + length);
                packets.add(new Packet(index, sequence, rtp(isLast, sequence, unit.rtpTimestamp(), bytes)));
            });
        }
        return packets;
    }

    /// One packet with the payload type 96.
    public static byte[] rtp(boolean marker, int sequence, long timestamp, byte... payload) {
        byte[] packet = new byte[RtpHeader.FIXED_BYTES + payload.length];
        RtpHeader.write(packet, 0, marker, 96, sequence, timestamp, SSRC);
        System.arraycopy(payload, 0, packet, RtpHeader.FIXED_BYTES, payload.length);
        return packet;
    }

    /// Pictures of one to eight slices of up to 5,000 bytes; each tenth is an IDR picture with its parameter sets.
    public static List<AccessUnit> h264(RandomGenerator random, int count, long firstTimestamp) {
        List<AccessUnit> units = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean isKeyFrame = i % 10 == 0;
            List<byte[]> nals = new ArrayList<>();
            if (isKeyFrame) {
                nals.add(new byte[] {0x67, 0x42, (byte) 0xc0, 0x0d, (byte) 0x80, (byte) i});
                nals.add(new byte[] {0x68, (byte) 0xc0, (byte) i});
            }
            int slices = random.nextInt(1, 9);
            for (int slice = 0; slice < slices; slice++) {
                byte[] nal = bytes(random, random.nextInt(2, random.nextBoolean() ? 5000 : 1300));
                nal[0] = (byte) (isKeyFrame ? 0x65 : 0x41);
                nal[1] = (byte) (slice == 0 ? nal[1] | 0x80 : nal[1] & 0x7f);
                nals.add(nal);
            }
            units.add(new AccessUnit(timestamp(firstTimestamp, i), nals, isKeyFrame, 0));
        }
        return units;
    }

    /// Frames of 10 to 5,000 bytes; each tenth is a key frame.
    public static List<AccessUnit> vp8(RandomGenerator random, int count, long firstTimestamp) {
        List<AccessUnit> units = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean isKeyFrame = i % 10 == 0;
            byte[] frame = bytes(random, random.nextInt(10, 5000));
            frame[0] = (byte) (isKeyFrame ? frame[0] & 0xfe : frame[0] | 0x01);
            if (isKeyFrame) {
                frame[3] = (byte) 0x9d;
                frame[4] = 0x01;
                frame[5] = 0x2a;
            }
            units.add(new AccessUnit(timestamp(firstTimestamp, i), List.of(frame), isKeyFrame, 0));
        }
        return units;
    }

    /// Audio frames of 1 to 1,275 bytes.
    public static List<AccessUnit> opus(RandomGenerator random, int count, long firstTimestamp) {
        List<AccessUnit> units = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] frame = bytes(random, random.nextInt(1, 1276));
            units.add(new AccessUnit((firstTimestamp + 960L * i) & 0xffff_ffffL, List.of(frame), true, 0));
        }
        return units;
    }

    /// Whether timestamp, kind and bytes are the same, whenever it arrived.
    public static boolean areSame(AccessUnit a, AccessUnit b) {
        return a.rtpTimestamp() == b.rtpTimestamp()
                && a.isKeyFrame() == b.isKeyFrame()
                && Arrays.deepEquals(a.units().toArray(), b.units().toArray());
    }

    private static long timestamp(long first, int i) {
        return (first + 3000L * i) & 0xffff_ffffL;
    }

    private static byte[] bytes(RandomGenerator random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
