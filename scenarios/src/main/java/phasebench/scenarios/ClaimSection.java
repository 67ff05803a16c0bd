package phasebench.scenarios;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the claims of a phase or of a cumulative row.
final class ClaimSection {
    private static final List<String> KEYS = List.of("metric", "change", "level", "unit", "against", "text");

    private ClaimSection() {}

    /// The readable ones of the claims under `claims`; none if the key is missing.
    static List<Claim> read(Section parent) {
        List<Claim> claims = new ArrayList<>();
        if (parent.has("claims")) {
            for (Section section : parent.sections("claims", "claim", KEYS)) {
                claim(section).ifPresent(claims::add);
            }
        }
        return claims;
    }

    private static Optional<Claim> claim(Section section) {
        int mistakesBefore = section.mistakes().count();
        ClaimMetric metric = section.choice("metric", List.of(ClaimMetric.values()), ClaimMetric::word);
        boolean isMetricKnown = section.mistakes().count() == mistakesBefore;
        if (section.has("change") == section.has("level")) {
            String problem = section.has("change") ? "stands beside change" : "is missing";
            section.problem("level", problem, "either change (how far it moves) or level (where it ends)");
            return Optional.empty();
        }
        Claim.Statement statement = section.has("level") ? Claim.Statement.LEVEL : Claim.Statement.CHANGE;
        Optional<ClaimRange> range = range(section, statement == Claim.Statement.LEVEL ? "level" : "change");
        ClaimUnit unit = unit(section, isMetricKnown ? metric : ClaimMetric.CPU, statement);
        ClaimBase against = statement == Claim.Statement.LEVEL && !section.has("against")
                ? ClaimBase.PARENT
                : section.choice("against", List.of(ClaimBase.values()), ClaimBase::word);
        String text = section.text("text");
        return section.mistakes().count() > mistakesBefore
                ? Optional.empty()
                : range.map(numbers -> new Claim(metric, statement, numbers, unit, against, text));
    }

    private static Optional<ClaimRange> range(Section section, String key) {
        String text = section.text(key);
        Optional<ClaimRange> range = ClaimRange.parse(text);
        if (range.isEmpty()) {
            String problem = ClaimRange.isInverted(text) ? " is inverted" : " is not a range";
            section.problem(key, Section.valueOf(text) + problem, ClaimRange.ALLOWED);
        }
        return range;
    }

    private static ClaimUnit unit(Section section, ClaimMetric metric, Claim.Statement statement) {
        List<ClaimUnit> units = metric.units().stream()
                .filter(unit -> statement == Claim.Statement.LEVEL
                        ? !Claim.isOnlyOfChange(unit)
                        : unit != ClaimUnit.PERCENT_OF_CORE)
                .toList();
        if (units.isEmpty()) {
            section.problem("level", "is not stated for " + metric.word(), "change, in relative");
            return metric.units().getFirst();
        }
        return section.choice("unit", units, ClaimUnit::word);
    }
}
