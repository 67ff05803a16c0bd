package phasebench.relay.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import phasebench.relay.buffer.PooledBuffers;
import phasebench.relay.rtp.AccessUnit;
import phasebench.relay.rtp.TrackFormat;

class PacketHistoryTest {
    private static final long NOW_NS = 77_000_000_000L;

    private final PooledBuffers pool = new PooledBuffers();
    private final TrackNumbering numbering = new TrackNumbering(0, new TrackFormat.Vp8(), pool);
    private final PacketHistory history = new PacketHistory();
    private long units;
    private long packets;

    @Test
    void everyPacketOfTheLastOnesIsFoundByItsNumber() {
        var random = new Random(3);
        while (packets < 3 * PacketHistory.PACKET_COUNT) {
            add(1 + random.nextInt(20_000), NOW_NS);
        }
        long end = packets;
        for (long packet = end - PacketHistory.PACKET_COUNT; packet < end; packet++) {
            var unit = Objects.requireNonNull(history.find(packet, NOW_NS));
            assertThat(packet - unit.place().firstPacket())
                    .isBetween(0L, unit.place().packetCount() - 1L);
            unit.release();
        }
        assertThat(history.find(end - PacketHistory.PACKET_COUNT - 1, NOW_NS)).isNull();
        assertThat(history.find(end, NOW_NS)).as("not sent yet").isNull();
        assertThat(history.find(end + PacketHistory.PACKET_COUNT, NOW_NS)).isNull();
        assertThat(history.find(-1, NOW_NS)).isNull();
    }

    @Test
    void whatIsOldIsNotFound() {
        add(100, NOW_NS);
        var unit = Objects.requireNonNull(history.find(0, NOW_NS + PacketHistory.AGE_NS_MAX));
        unit.release();
        assertThat(history.find(0, NOW_NS + PacketHistory.AGE_NS_MAX + 1)).isNull();
    }

    @Test
    void aUnitOfMorePacketsThanItHoldsIsKeptByItsEnd() {
        add(1000 * (PacketHistory.PACKET_COUNT + 500), NOW_NS);
        long end = packets;
        assertThat(end).isGreaterThan(PacketHistory.PACKET_COUNT);
        Objects.requireNonNull(history.find(end - 1, NOW_NS)).release();
        Objects.requireNonNull(history.find(end - PacketHistory.PACKET_COUNT, NOW_NS))
                .release();
    }

    @Test
    void onlyWhatIsHeldStaysInMemory() {
        for (int i = 0; i < 3 * PacketHistory.PACKET_COUNT; i++) {
            add(100, NOW_NS);
        }
        assertThat(pool.inUse()).isEqualTo(PacketHistory.PACKET_COUNT);
        var held = Objects.requireNonNull(history.find(packets - 1, NOW_NS));
        history.clear();
        assertThat(pool.inUse()).isEqualTo(1);
        held.release();
        assertThat(pool.inUse()).isZero();
        assertThat(history.find(packets - 1, NOW_NS)).isNull();
    }

    private void add(int bytes, long arrivalNs) {
        var unit = numbering.next(new AccessUnit(0, List.of(new byte[bytes]), false, arrivalNs), ++units);
        packets += unit.place().packetCount();
        history.add(unit);
        unit.release();
    }
}
