package phasebench.relay.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketIndexTest {
    /// RFC 3711, section 3.3.1 and appendix A: rollover and sequence of the newest packet, sequence of
    /// the next, index.
    @ParameterizedTest
    @CsvSource({
        "0, 5, 6, 6",
        "0, 65535, 0, 65536",
        "0, 65535, 65534, 65534",
        "1, 0, 65535, 65535",
        "1, 5, 32773, 98309",
        "1, 5, 32774, 32774",
        "1, 32768, 0, 65536",
        "1, 32769, 0, 131072",
        "0, 5, 65535, -1",
    })
    void theClosestIndexIsGuessed(long rollover, int highestSequence, int sequence, long index) {
        assertThat(PacketIndex.guess((rollover << 16) + highestSequence, sequence))
                .isEqualTo(index);
    }

    @Test
    void aWindowKnowsWhatArrived() {
        ReplayWindow window = new ReplayWindow();
        for (long index : new long[] {100, 102, 5000, 4000, 4001}) {
            assertThat(window.accepts(index)).as("first %s", index).isTrue();
            window.add(index);
            assertThat(window.accepts(index)).as("second %s", index).isFalse();
        }
        assertThat(window.highest()).isEqualTo(5000);
        assertThat(window.accepts(4002)).isTrue();
        assertThat(window.accepts(5000 - ReplayWindow.SIZE + 1)).isTrue();
        assertThat(window.accepts(5000 - ReplayWindow.SIZE)).isFalse();
        assertThat(window.accepts(-1)).isFalse();
    }

    @Test
    void aWindowForgetsAsItMovesOn() {
        ReplayWindow window = new ReplayWindow();
        window.add(0);
        window.add(ReplayWindow.SIZE);
        assertThat(window.accepts(1)).isTrue();
        for (long index = ReplayWindow.SIZE + 7; index < 3 * ReplayWindow.SIZE; index += 7) {
            assertThat(window.accepts(index)).isTrue();
            window.add(index);
            assertThat(window.accepts(index - 1)).isTrue();
        }
    }
}
