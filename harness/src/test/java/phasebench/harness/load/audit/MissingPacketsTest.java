package phasebench.harness.load.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MissingPacketsTest {
    private static final long ROUND_TRIP_NS = 100;
    private static final Patience PATIENCE = new Patience(1_000, 5, 3);

    private final int[] out = new int[8];
    private MissingPackets missing = new MissingPackets(PATIENCE);

    @Test
    void aGapThatIsYoungMayBeReordering() {
        missing.add(10, 13, 0);
        assertThat(missing.ask(4, ROUND_TRIP_NS, out)).isZero();
        missing.remove(11);
        assertThat(missing.ask(5, ROUND_TRIP_NS, out)).isEqualTo(2);
        assertThat(out).startsWith(10, 12);
    }

    @Test
    void aQuestionIsRepeatedAfterARoundTripAndGivenUpAfterTheLast() {
        missing.add(10, 11, 0);
        assertThat(missing.ask(5, ROUND_TRIP_NS, out)).isEqualTo(1);
        assertThat(missing.ask(104, ROUND_TRIP_NS, out)).isZero();
        assertThat(missing.ask(105, ROUND_TRIP_NS, out)).isEqualTo(1);
        assertThat(missing.ask(205, ROUND_TRIP_NS, out)).isEqualTo(1);
        assertThat(missing.asks(10)).isEqualTo(3);
        assertThat(missing.ask(305, ROUND_TRIP_NS, out)).isZero();
        assertThat(missing.giveUpNext(304, ROUND_TRIP_NS)).isEqualTo(MissingPackets.NOT_MISSING);
        assertThat(missing.giveUpNext(305, ROUND_TRIP_NS)).isEqualTo(10);
        assertThat(missing.isEmpty()).isTrue();
    }

    @Test
    void oneWhoNeverAsksWaitsForTheDeadline() {
        missing = new MissingPackets(new Patience(1_000, 5, 0));
        missing.add(10, 12, 0);
        assertThat(missing.ask(900, ROUND_TRIP_NS, out)).isZero();
        assertThat(missing.giveUpNext(999, ROUND_TRIP_NS)).isEqualTo(MissingPackets.NOT_MISSING);
        assertThat(missing.giveUpNext(1_000, ROUND_TRIP_NS)).isEqualTo(10);
        assertThat(missing.giveUpNext(1_000, ROUND_TRIP_NS)).isEqualTo(11);
    }

    @Test
    void tooManyAreGivenUpAtOnce() {
        assertThat(missing.add(10, 10 + MissingPackets.COUNT_MAX, 0)).isTrue();
        assertThat(missing.count()).isEqualTo(MissingPackets.COUNT_MAX);
        assertThat(missing.add(5_000, 5_001, 0)).isFalse();
        assertThat(missing.isEmpty()).isTrue();
    }

    @Test
    void whatFillsAGapIsRemembered() {
        missing.add(10, 40, 7);
        missing.ask(20, ROUND_TRIP_NS, out);
        assertThat(missing.asks(12)).isEqualTo(1);
        assertThat(missing.asks(39)).isZero();
        assertThat(missing.asks(9)).isEqualTo(MissingPackets.NOT_MISSING);
        assertThat(missing.missedForNs(12, 30)).isEqualTo(23);
        assertThat(missing.askedForNs(12, 30)).isEqualTo(10);
        missing.remove(12);
        assertThat(missing.asks(12)).isEqualTo(MissingPackets.NOT_MISSING);
        assertThat(missing.count()).isEqualTo(29);
        assertThat(missing.first()).isEqualTo(10);
    }
}
