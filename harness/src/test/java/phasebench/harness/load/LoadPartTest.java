package phasebench.harness.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadPartTest {
    @ParameterizedTest
    @CsvSource({"1, 10, 1", "2, 10, 1", "2, 10, 2", "3, 10, 2", "4, 3, 2", "64, 1000, 5"})
    void eachViewerIsCarriedOnceAndWhoFollowsWhereTheOneBeforeWas(int of, int places, int streams) {
        for (int viewer = 0; viewer < places; viewer++) {
            int index = viewer;
            List<Integer> carrying = parts(of, index, places, streams);
            assertThat(carrying).as("viewer %d", index).hasSize(1);
            assertThat(parts(of, index + 3 * places, places, streams)).isEqualTo(carrying);
        }
    }

    private static List<Integer> parts(int of, int viewer, int places, int streams) {
        return IntStream.range(0, of)
                .filter(part -> new LoadPart(part, of).carries(viewer, places, streams))
                .boxed()
                .toList();
    }

    @Test
    void eachPartCarriesEveryStreamAndGrowsWithTheCrowd() {
        LoadPart second = new LoadPart(1, 2);
        assertThat(IntStream.range(0, 12).filter(viewer -> second.carries(viewer, 12, 2)))
                .containsExactly(2, 3, 6, 7, 10, 11);
    }

    @Test
    void aPartThatIsNoneIsRefused() {
        assertThatThrownBy(() -> new LoadPart(2, 2)).hasMessage("no part of a load: 2 of 2");
    }
}
