package phasebench.relay.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phasebench.relay.metrics.RelayMetrics;
import phasebench.relay.metrics.ThreadStarter;
import phasebench.relay.rtp.AccessUnit;
import phasebench.relay.rtp.TrackFormat;
import phasebench.relay.stream.Publication;
import phasebench.relay.stream.StreamTakenException;

class PlantsTest {
    private static final ThreadStarter NO_THREADS = (role, body) -> {
        throw new AssertionError("no thread was asked for");
    };

    @Test
    void whatIsPlantedIsSaidInOneOrder() {
        assertThat(Plants.parse(List.of("threads=5", "cpu=3%", "hoard=1.75MB")))
                .hasToString("plant.cpu=3% plant.threads=5 plant.hoard=1.75MB");
        assertThat(Plants.NONE).hasToString("");
        assertThat(Plants.NONE.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cpu          | value '' cannot be planted; allowed: a share of the relay's own CPU
            cpu=         | value '' cannot be planted
            cpu=3        | value '3' cannot be planted; allowed: a share
            cpu=0%       | value '0%' cannot be planted
            cpu=101%     | value '101%' cannot be planted
            cpu=-3%      | value '-3%' cannot be planted
            alloc=15B    | value '15B' cannot be planted; allowed: heap per packet, 16B to 1000kB
            threads=1.5  | value '1.5' cannot be planted; allowed: a whole number of threads
            latency=2    | value '2' cannot be planted; allowed: a time
            latency=2s   | value '2s' cannot be planted
            walk=63B     | value '63B' cannot be planted; allowed: memory per viewer
            hoard=65MB   | value '65MB' cannot be planted
            memory=1MB   | 'memory' cannot be planted; allowed: cpu, alloc, threads, latency, walk, hoard
            """)
    void whatCannotBePlantedIsRefusedWithWhatCan(String option, String message) {
        assertThatThrownBy(() -> Plants.parse(List.of(option)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--plant " + option + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void aKindIsPlantedOnce() {
        assertThatThrownBy(() -> Plants.parse(List.of("cpu=3%", "cpu=1%")))
                .hasMessage("--plant cpu=1%: cpu is planted already");
    }

    @Test
    void withoutPlantsAllViewersShareTheOneThatDoesNothing() {
        var planted = Plants.NONE.plant(new RelayMetrics(), NO_THREADS);

        assertThat(planted.forViewer()).isSameAs(ViewerPlant.NONE);
        assertThat(new RelayMetrics().prometheusText()).doesNotContain("planted");
    }

    @Test
    void eachViewerLeavesItsThreadsBehind() {
        var started = new ArrayList<String>();
        ThreadStarter counting = (role, body) -> {
            started.add(role);
            return Thread.currentThread();
        };
        var planted = Plants.parse(List.of("threads=5")).plant(new RelayMetrics(), counting);

        assertThat(planted.forViewer()).isSameAs(ViewerPlant.NONE);
        planted.forViewer();

        assertThat(started).hasSize(10).containsOnly("planted");
    }

    @Test
    void aPacketAllocatesAnObjectOfTheSizeAskedFor() {
        var plant = new AllocationPlant(200);
        plant.packet(1200);
        assertThat(plant.newestElements()).isEqualTo(184);
    }

    @Test
    void aWalkWritesEveryCacheLineOnceForEachFrame() {
        var plant = new WalkPlant(1000);
        plant.packet(1200);
        assertThat(plant.at(0)).isZero();
        plant.endOfUnit();
        plant.endOfUnit();
        for (int i = 0; i < 1000; i += 64) {
            assertThat(plant.at(i)).isEqualTo((byte) 2);
        }
        assertThat(plant.at(1)).isZero();
    }

    @Test
    void aHoardIsWrittenRoundAndRound() {
        var plant = new HoardPlant(10);
        plant.packet(4);
        plant.packet(4);
        assertThat(plant.memory()).containsExactly(1, 1, 1, 1, 2, 2, 2, 2, 0, 0);
        plant.packet(4);
        assertThat(plant.memory()).containsExactly(3, 3, 1, 1, 2, 2, 2, 2, 3, 3);
        plant.packet(100);
        assertThat(plant.memory()).containsOnly(4);
    }

    @Test
    void severalPlantsAreAllServed() {
        var walk = new WalkPlant(64);
        var allocation = new AllocationPlant(16);
        var many = new ManyPlants(List.of(walk, allocation));
        many.packet(1);
        many.endOfUnit();
        assertThat(walk.at(0)).isEqualTo((byte) 1);
        assertThat(allocation.newestElements()).isZero();
    }

    @Test
    void aUnitIsLateByWhatWasAskedFor() throws StreamTakenException {
        var units = new ArrayList<AccessUnit>();
        var planted = Plants.parse(List.of("latency=20ms")).plant(new RelayMetrics(), NO_THREADS);
        var publication = planted.before((stream, tracks) -> new Collecting(units))
                .publish("cam", List.of(new TrackFormat.Opus(2)));
        var unit = new AccessUnit(1, List.of(), false, 2);

        long beganNs = System.nanoTime();
        publication.accessUnit(0, unit);

        assertThat(System.nanoTime() - beganNs).isGreaterThanOrEqualTo(20_000_000);
        assertThat(units).containsExactly(unit);
    }

    private record Collecting(List<AccessUnit> units) implements Publication {
        @Override
        public void accessUnit(int track, AccessUnit unit) {
            units.add(unit);
        }

        @Override
        public void senderReport(int track, long ntpTimestamp, long rtpTimestamp) {}

        @Override
        public void close() {}
    }
}
