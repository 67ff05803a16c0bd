package phasebench.relay.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import phasebench.relay.buffer.PooledBuffers;
import phasebench.relay.rtp.AccessUnit;
import phasebench.relay.rtp.Packetizer;
import phasebench.relay.rtp.TrackFormat;

/// Every viewer numbers packets by what the numbering says of their units: it must be what the packetizer
/// makes.
class TrackNumberingTest {
    private static final int UNIT_COUNT = 500;

    private final Random random = new Random(11);

    static Stream<TrackFormat> formats() {
        return Stream.of(new TrackFormat.H264("42e01f"), new TrackFormat.Vp8(), new TrackFormat.Opus(2));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void unitsAreCountedByThePacketsTheyMake(TrackFormat format) {
        var numbering = new TrackNumbering(3, format, null);
        var packetizer = Packetizer.of(format, Packetizer.PAYLOAD_BYTES_MAX);
        long packets = 0;
        for (int i = 0; i < UNIT_COUNT; i++) {
            var cut = unit(format);
            var unit = numbering.next(cut, 100 + i);
            assertThat(unit.place())
                    .isEqualTo(new MediaUnit.Place(
                            3, 100 + i, i, packets, payloads(packetizer, cut, i).size()));
            packets += unit.place().packetCount();
        }
        assertThat(packets).isGreaterThanOrEqualTo(UNIT_COUNT);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void sharedPacketsAreThoseThatEachViewerWouldMake(TrackFormat format) {
        var pool = new PooledBuffers();
        var numbering = new TrackNumbering(0, format, pool);
        var packetizer = Packetizer.of(format, Packetizer.PAYLOAD_BYTES_MAX);
        for (int i = 0; i < UNIT_COUNT; i++) {
            var cut = unit(format);
            var unit = numbering.next(cut, i);
            var expected = payloads(packetizer, cut, unit.place().inTrack());
            var packets = unit.packets();
            assertThat(packets.count()).isEqualTo(expected.size());
            for (int at = 0; at < expected.size(); at++) {
                var memory = packets.payload(at);
                int end = memory.offset() + packets.payloadBytes(at);
                assertThat(Arrays.copyOfRange(memory.heapArray(), memory.offset(), end))
                        .isEqualTo(expected.get(at));
            }
            unit.release();
            assertThat(pool.inUse()).isZero();
        }
    }

    private static List<byte[]> payloads(Packetizer packetizer, AccessUnit unit, long inTrack) {
        var payloads = new ArrayList<byte[]>();
        packetizer.packetize(
                unit,
                inTrack,
                (buffer, offset, length, _) -> payloads.add(Arrays.copyOfRange(buffer, offset, offset + length)));
        return payloads;
    }

    private AccessUnit unit(TrackFormat format) {
        var parts = switch (format) {
            case TrackFormat.H264 _ ->
                random.ints(1 + random.nextInt(5), 0, 10).mapToObj(this::nal).toList();
            case TrackFormat.Vp8 _ -> List.of(bytes(1 + size()));
            case TrackFormat.Opus _ -> List.of(bytes(1 + random.nextInt(1500)));
        };
        return new AccessUnit(random.nextInt() & 0xffff_ffffL, parts, random.nextBoolean(), 0);
    }

    /// Parameter sets among slices, some too large to share a packet.
    private byte[] nal(int kind) {
        var nal = bytes(2 + size());
        nal[0] = (byte) (kind < 3 ? 0x67 : kind < 5 ? 0x68 : kind < 7 ? 0x65 : 0x41);
        return nal;
    }

    /// Often about what a packet holds, or a multiple.
    private int size() {
        int max = Packetizer.PAYLOAD_BYTES_MAX;
        return switch (random.nextInt(3)) {
            case 0 -> random.nextInt(40);
            case 1 -> max * (1 + random.nextInt(3)) - 8 + random.nextInt(16);
            default -> random.nextInt(10 * max);
        };
    }

    private byte[] bytes(int size) {
        var bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }
}
