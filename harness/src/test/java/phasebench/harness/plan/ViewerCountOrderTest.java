package phasebench.harness.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phasebench.harness.plan.ViewerCountOrder.Place;

class ViewerCountOrderTest {
    @ParameterizedTest
    @CsvSource({"1, 2", "2, 2", "4, 5", "5, 5", "5, 3", "7, 2"})
    void everyRoundHoldsEveryVariantAtEveryCountOnce(int variants, int counts) {
        for (List<Place> round : ViewerCountOrder.of(variants, counts, 3, 42)) {
            assertThat(round).hasSize(variants * counts).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "4, 5", "5, 5", "5, 3"})
    void everyBlockHoldsEveryVariantOnceAndSpreadsItsCounts(int variants, int counts) {
        for (List<Place> round : ViewerCountOrder.of(variants, counts, 3, 42)) {
            for (int block = 0; block < counts; block++) {
                List<Place> places = round.subList(block * variants, (block + 1) * variants);
                Map<Integer, Integer> timesOfCount = new HashMap<>();
                places.forEach(place -> timesOfCount.merge(place.count(), 1, Integer::sum));

                assertThat(places).extracting(Place::variant).doesNotHaveDuplicates();
                assertThat(timesOfCount.values())
                        .allMatch(times -> times <= Math.ceilDiv(variants, counts) && times >= variants / counts);
            }
        }
    }

    @Test
    void countsDoNotComeInTheSameOrderInEveryRoundAndBlock() {
        List<List<Integer>> firsts = new ArrayList<>();
        for (List<Place> round : ViewerCountOrder.of(4, 5, 4, 20261122)) {
            for (int block = 0; block < 5; block++) {
                firsts.add(round.subList(block * 4, block * 4 + 4).stream()
                        .map(Place::count)
                        .toList());
            }
        }

        assertThat(new HashSet<>(firsts)).hasSizeGreaterThan(10);
    }

    @Test
    void theSeedDecidesTheOrder() {
        assertThat(ViewerCountOrder.of(4, 5, 2, 1))
                .isEqualTo(ViewerCountOrder.of(4, 5, 2, 1))
                .isNotEqualTo(ViewerCountOrder.of(4, 5, 2, 2));
    }
}
