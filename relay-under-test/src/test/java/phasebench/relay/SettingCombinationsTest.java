package phasebench.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Counts by what the settings say of themselves.
class SettingCombinationsTest {
    private static final RelaySettings BASE = RelayProfile.PLAN_CURRENT.settings();

    @Test
    void theArrayHoldsEveryPairOfValues() {
        var array = SettingCombinations.pairwise();
        var wanted = new HashSet<Set<String>>();
        var valuesByKey = new TreeMap<String, Set<String>>();
        for (var settings : SettingCombinations.singles(BASE)) {
            for (var value : values(settings)) {
                valuesByKey
                        .computeIfAbsent(value.split("=", 2)[0], _ -> new TreeSet<>())
                        .add(value);
            }
        }
        valuesByKey.forEach((key, values) -> valuesByKey.tailMap(key, false).values().stream()
                .flatMap(Set::stream)
                .forEach(other -> values.forEach(value -> wanted.add(Set.of(value, other)))));
        assertThat(valuesByKey).hasSize(9);
        assertThat(wanted).hasSizeGreaterThan(150);
        for (var settings : array) {
            var values = values(settings);
            values.forEach(one -> values.stream()
                    .filter(other -> !other.equals(one))
                    .forEach(other -> wanted.remove(Set.of(one, other))));
        }
        assertThat(wanted).isEmpty();
        assertThat(array).as("few, or it would be no use").hasSizeLessThan(20);
    }

    @Test
    void everyValueIsThereAlone() {
        for (var settings : SettingCombinations.singles(BASE)) {
            var changed = new TreeSet<>(values(settings));
            values(BASE).forEach(changed::remove);
            assertThat(changed).hasSizeLessThanOrEqualTo(1);
        }
        for (var nack : RelaySettings.Nack.values()) {
            assertThat(SettingCombinations.singles(BASE)).contains(BASE.withNack(nack));
        }
        for (var threads : RelaySettings.Threads.values()) {
            assertThat(SettingCombinations.singles(BASE)).contains(BASE.withThreads(threads));
        }
    }

    @Test
    void theSameSeedGivesTheSame() {
        assertThat(SettingCombinations.pairwise()).isEqualTo(SettingCombinations.pairwise());
        assertThat(SettingCombinations.random(40)).isEqualTo(SettingCombinations.random(40));
        assertThat(new HashSet<>(SettingCombinations.random(40))).hasSizeGreaterThan(35);
    }

    @Test
    void theSuiteHasAllProfilesAndNoneTwice() {
        assertThat(SettingCombinations.suite())
                .containsAll(Arrays.stream(RelayProfile.values())
                        .map(RelayProfile::settings)
                        .toList())
                .doesNotHaveDuplicates();
    }

    private static List<String> values(RelaySettings settings) {
        return List.of(settings.toString().split(" ", -1));
    }
}
