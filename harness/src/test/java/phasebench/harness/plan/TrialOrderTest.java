package phasebench.harness.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrialOrderTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyVariantStandsEquallyOftenAtEveryPlace(int variants) {
        List<List<Integer>> orders = TrialOrder.of(variants, variants * 3, 42);

        for (int place = 0; place < variants; place++) {
            Map<Integer, Integer> timesAtPlace = new HashMap<>();
            for (List<Integer> order : orders) {
                timesAtPlace.merge(order.get(place), 1, Integer::sum);
            }
            assertThat(timesAtPlace)
                    .hasSize(variants)
                    .allSatisfy((_, times) -> assertThat(times).isEqualTo(3));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7})
    void everyVariantFollowsEveryOtherEquallyOften(int variants) {
        // with an odd number only a square together with its mirror image is balanced
        int rounds = variants % 2 == 0 ? variants : 2 * variants;
        Map<List<Integer>, Integer> timesFollowed = new HashMap<>();
        for (List<Integer> order : TrialOrder.of(variants, rounds, 7)) {
            for (int place = 1; place < variants; place++) {
                timesFollowed.merge(List.of(order.get(place - 1), order.get(place)), 1, Integer::sum);
            }
        }

        assertThat(timesFollowed).hasSize(variants * (variants - 1));
        assertThat(new HashSet<>(timesFollowed.values())).hasSize(1);
    }

    @Test
    void anIncompleteSquareIsOffByOneAtMost() {
        Map<Integer, Integer> timesFirst = new HashMap<>();
        for (List<Integer> order : TrialOrder.of(3, 4, 20261122)) {
            timesFirst.merge(order.getFirst(), 1, Integer::sum);
        }

        assertThat(timesFirst.values()).containsExactlyInAnyOrder(1, 1, 2);
    }

    @Test
    void theSeedDecidesTheOrder() {
        assertThat(TrialOrder.of(4, 8, 1)).isEqualTo(TrialOrder.of(4, 8, 1)).isNotEqualTo(TrialOrder.of(4, 8, 2));
    }

    @Test
    void noVariantsOrNoRoundsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> TrialOrder.of(0, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> TrialOrder.of(1, 0, 1));
    }
}
