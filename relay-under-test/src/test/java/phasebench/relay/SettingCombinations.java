package phasebench.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The combinations of settings that must all carry the same bytes.
final class SettingCombinations {
    private static final long SEED = 20261122;
    private static final int RANDOM_COUNT = 40;

    /// Tried for each combination of the covering array.
    private static final int CANDIDATE_COUNT = 50;

    /// One setting: what sets each of its values.
    private record Setting(List<UnaryOperator<RelaySettings>> values) {
        static <T> Setting of(BiFunction<RelaySettings, T, RelaySettings> with, T[] values) {
            return new Setting(Arrays.stream(values)
                    .<UnaryOperator<RelaySettings>>map(value -> settings -> with.apply(settings, value))
                    .toList());
        }
    }

    private static final List<Setting> SETTINGS = List.of(
            Setting.of(RelaySettings::withNack, RelaySettings.Nack.values()),
            Setting.of(RelaySettings::withMdns, RelaySettings.Mdns.values()),
            Setting.of(RelaySettings::withRtcpInterval, new Duration[] {Duration.ofSeconds(1), Duration.ofSeconds(3)}),
            Setting.of(RelaySettings::withSrtp, RelaySettings.Srtp.values()),
            Setting.of(RelaySettings::withSrtpProvider, RelaySettings.Provider.values()),
            Setting.of(RelaySettings::withBuffers, RelaySettings.Buffers.values()),
            Setting.of(RelaySettings::withCopies, RelaySettings.Copies.values()),
            Setting.of(RelaySettings::withThreads, RelaySettings.Threads.values()),
            Setting.of(RelaySettings::withSend, RelaySettings.Send.values()));

    /// Two settings and a value of each.
    private record Pair(int setting, int value, int otherSetting, int otherValue) {}

    private SettingCombinations() {}

    /// All of them once; under acceptance random ones as well.
    static Collection<RelaySettings> suite() {
        var isAcceptance = Boolean.parseBoolean(System.getenv("PHASEBENCH_ACCEPTANCE"));
        return new LinkedHashSet<>(Stream.of(
                        profiles(),
                        singles(RelayProfile.PLAN_CURRENT.settings()),
                        pairwise(),
                        isAcceptance ? random(RANDOM_COUNT) : List.<RelaySettings>of())
                .flatMap(List::stream)
                .toList());
    }

    static List<RelaySettings> profiles() {
        return Arrays.stream(RelayProfile.values()).map(RelayProfile::settings).toList();
    }

    /// The base with one setting changed to each of its values.
    static List<RelaySettings> singles(RelaySettings base) {
        return SETTINGS.stream()
                .flatMap(setting -> setting.values().stream())
                .map(value -> value.apply(base))
                .toList();
    }

    /// A few that hold every pair of values of every two settings: in each step the candidate with the most new pairs.
    static List<RelaySettings> pairwise() {
        var random = new Random(SEED);
        var open = allPairs();
        var chosen = new ArrayList<RelaySettings>();
        while (!open.isEmpty()) {
            var start = open.iterator().next();
            int[] best = {};
            long bestCount = -1;
            for (int i = 0; i < CANDIDATE_COUNT; i++) {
                var candidate = randomValues(random);
                candidate[start.setting()] = start.value();
                candidate[start.otherSetting()] = start.otherValue();
                long count = pairs(candidate).filter(open::contains).count();
                if (count > bestCount) {
                    best = candidate;
                    bestCount = count;
                }
            }
            pairs(best).forEach(open::remove);
            chosen.add(settings(best));
        }
        return chosen;
    }

    static List<RelaySettings> random(int count) {
        var random = new Random(SEED);
        return Stream.generate(() -> settings(randomValues(random)))
                .limit(count)
                .toList();
    }

    private static Set<Pair> allPairs() {
        var pairs = new LinkedHashSet<Pair>();
        for (int i = 0; i < SETTINGS.size(); i++) {
            for (int j = i + 1; j < SETTINGS.size(); j++) {
                for (int value = 0; value < SETTINGS.get(i).values().size(); value++) {
                    for (int other = 0; other < SETTINGS.get(j).values().size(); other++) {
                        pairs.add(new Pair(i, value, j, other));
                    }
                }
            }
        }
        return pairs;
    }

    private static Stream<Pair> pairs(int[] values) {
        var pairs = new HashSet<Pair>();
        for (int i = 0; i < values.length; i++) {
            for (int j = i + 1; j < values.length; j++) {
                pairs.add(new Pair(i, values[i], j, values[j]));
            }
        }
        return pairs.stream();
    }

    private static int[] randomValues(Random random) {
        return SETTINGS.stream()
                .mapToInt(setting -> random.nextInt(setting.values().size()))
                .toArray();
    }

    private static RelaySettings settings(int[] values) {
        var settings = RelayProfile.PLAN_CURRENT.settings();
        for (int i : IntStream.range(0, values.length).toArray()) {
            settings = SETTINGS.get(i).values().get(values[i]).apply(settings);
        }
        return settings;
    }
}
