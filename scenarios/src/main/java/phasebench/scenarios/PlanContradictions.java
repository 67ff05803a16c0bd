package phasebench.scenarios;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Where a plan contradicts itself, found by arithmetic on its own figures. Every figure stands for all
/// numbers that round to it, so that a difference in the last digit is no contradiction.
public final class PlanContradictions {
    /// Numbers from `low` to `high`.
    private record Bounds(double low, double high) {
        Bounds times(Bounds other) {
            return new Bounds(low * other.low, high * other.high);
        }

        /// From a change in percent to what remains: -5..-3 becomes 0.95..0.97.
        Bounds remaining() {
            return new Bounds(1 + low / 100, 1 + high / 100);
        }

        Bounds changeInPercent() {
            return new Bounds(100 * (low - 1), 100 * (high - 1));
        }

        Bounds plus(Bounds other) {
            return new Bounds(low + other.low, high + other.high);
        }

        boolean isApartFrom(Bounds other) {
            return high < other.low || other.high < low;
        }

        @Override
        public String toString() {
            String from = String.format(Locale.ROOT, "%.1f", low);
            String to = String.format(Locale.ROOT, "%.1f", high);
            return from.equals(to) ? from : from + " to " + to;
        }
    }

    private final PhaseLadder ladder;
    private final List<String> sentences = new ArrayList<>();

    private PlanContradictions(PhaseLadder ladder) {
        this.ladder = ladder;
    }

    /// A sentence for each contradiction, rows in the order of the plan.
    public static List<String> of(PhaseLadder ladder) {
        PlanContradictions found = new PlanContradictions(ladder);
        for (OptimizationPhase phase : ladder.phases()) {
            found.levels(phase.id(), List.of(phase.id()), phase.claims());
        }
        for (CumulativeRow row : ladder.rows()) {
            found.product(row);
            found.levels(row.id(), row.phases(), row.claims());
        }
        return List.copyOf(found.sentences);
    }

    /// A relative claim applied to the figure it is made against must end where the plan says that it ends. A
    /// row that states no relative change of its own is held to the product of its phases.
    private void levels(String subject, List<String> phases, List<Claim> claims) {
        for (Claim level : claims) {
            if (level.statement() != Claim.Statement.LEVEL) {
                continue;
            }
            List<Claim> stated = claims.stream()
                    .filter(claim -> isRelative(claim, level.metric()))
                    .toList();
            for (Claim change : stated) {
                level(subject, phases, level, change.against(), exact(change.range()), "'" + change.text() + "'");
            }
            if (stated.isEmpty()) {
                ofPhases(level.metric(), phases, false)
                        .ifPresent(change -> level(
                                subject,
                                phases,
                                level,
                                ClaimBase.PARENT,
                                change.changeInPercent(),
                                "what the plan says of " + String.join(", ", phases)));
            }
        }
    }

    private void level(
            String subject, List<String> phases, Claim level, ClaimBase against, Bounds change, String source) {
        Optional<BaseFigures> base = base(against, phases);
        Optional<Bounds> figure =
                base.flatMap(figures -> figures.of(level.metric())).map(value -> rounded(new ClaimRange(value, value)));
        if (figure.isEmpty()) {
            return;
        }
        double start = (figure.get().low() + figure.get().high()) / 2;
        Bounds derived = change.remaining().times(new Bounds(start, start));
        Bounds tolerant = wholePercents(change).remaining().times(figure.get());
        if (!tolerant.isApartFrom(rounded(level.range()))) {
            return;
        }
        String unit = level.unit().symbol();
        String sentence = "%s, %s: %s makes %s %s of %s, not the '%s' that the plan states"
                .formatted(subject, level.metric().word(), source, derived, unit, plain(start), level.text());
        Bounds asPoints = new Bounds(start, start).plus(change);
        boolean wouldBePoints = level.metric() == ClaimMetric.CPU && !asPoints.isApartFrom(exact(level.range()));
        sentences.add(sentence
                + (wouldBePoints ? "; read as percentage points it would be " + asPoints + " " + unit : "")
                + ".");
    }

    /// The phases of a row, multiplied, must give what the row claims.
    private void product(CumulativeRow row) {
        for (Claim claim : row.claims()) {
            Optional<Bounds> product = ofPhases(claim.metric(), row.phases(), true);
            if (!isRelative(claim, claim.metric()) || product.isEmpty() || !isFromBelow(claim, row)) {
                continue;
            }
            if (product.get().changeInPercent().isApartFrom(rounded(claim.range()))) {
                Bounds shown = ofPhases(claim.metric(), row.phases(), false).orElseThrow();
                sentences.add("%s, %s: %s multiply to %s %%, not the '%s' that the plan states%s."
                        .formatted(
                                row.id(),
                                claim.metric().word(),
                                factors(claim.metric(), row.phases()),
                                shown.changeInPercent(),
                                claim.text(),
                                ownFigures(claim, row)));
            }
        }
    }

    /// What the figures at both ends of the row say, where the plan's author measured both.
    private String ownFigures(Claim claim, CumulativeRow row) {
        Optional<BaseFigures> before = base(claim.against(), row.phases());
        Optional<BaseFigures> after = ladder.bases().values().stream()
                .filter(figures -> figures.at().equals(row.phases().getLast()))
                .findFirst();
        if (before.isEmpty() || after.isEmpty()) {
            return "";
        }
        return before.get()
                .of(claim.metric())
                .flatMap(from -> after.get().of(claim.metric()).map(to -> {
                    double change = 100 * (to.doubleValue() / from.doubleValue() - 1);
                    return String.format(
                            Locale.ROOT,
                            "; the measured %s and %s make %.1f %%",
                            from.toPlainString(),
                            to.toPlainString(),
                            change);
                }))
                .orElse("");
    }

    /// What remains after all phases that say something relative of the metric; empty when none does, or when
    /// one says it only in absolute numbers.
    private Optional<Bounds> ofPhases(ClaimMetric metric, List<String> ids, boolean isRounded) {
        Bounds remaining = new Bounds(1, 1);
        boolean isStated = false;
        for (String id : ids) {
            for (Claim claim : ladder.phase(id).map(OptimizationPhase::claims).orElse(List.of())) {
                if (isRelative(claim, metric)) {
                    Bounds change = isRounded ? rounded(claim.range()) : exact(claim.range());
                    remaining = remaining.times(change.remaining());
                    isStated = true;
                } else if (claim.metric() == metric && claim.statement() == Claim.Statement.CHANGE) {
                    return Optional.empty();
                }
            }
        }
        return isStated ? Optional.of(remaining) : Optional.empty();
    }

    private String factors(ClaimMetric metric, List<String> ids) {
        List<String> parts = new ArrayList<>();
        for (String id : ids) {
            ladder.phase(id).map(OptimizationPhase::claims).orElse(List.of()).stream()
                    .filter(claim -> isRelative(claim, metric))
                    .forEach(claim -> parts.add(exact(claim.range()) + " % (" + id + ")"));
        }
        return String.join(" and ", parts);
    }

    /// Whether a row's claim is counted from where its first phase begins.
    private boolean isFromBelow(Claim claim, CumulativeRow row) {
        Optional<String> below = ladder.phase(row.phases().getFirst()).map(OptimizationPhase::parent);
        return below.isPresent() && below.equals(ladder.against(claim, row.phases()));
    }

    private Optional<BaseFigures> base(ClaimBase base, List<String> phases) {
        if (base != ClaimBase.PARENT) {
            return Optional.ofNullable(ladder.bases().get(base));
        }
        Optional<String> parent = ladder.phase(phases.getFirst()).map(OptimizationPhase::parent);
        return ladder.bases().values().stream()
                .filter(figures -> parent.isPresent() && figures.at().equals(parent.get()))
                .findFirst();
    }

    private static boolean isRelative(Claim claim, ClaimMetric metric) {
        return claim.metric() == metric
                && claim.statement() == Claim.Statement.CHANGE
                && claim.unit() == ClaimUnit.RELATIVE
                && claim.range().from() != null
                && claim.range().to() != null;
    }

    /// Plans state changes in whole percents: half of one to each side.
    private static Bounds wholePercents(Bounds change) {
        return new Bounds(change.low() - 0.5, change.high() + 0.5);
    }

    private static Bounds exact(ClaimRange range) {
        return new Bounds(
                range.from() == null ? Double.NEGATIVE_INFINITY : range.from().doubleValue(),
                range.to() == null ? Double.POSITIVE_INFINITY : range.to().doubleValue());
    }

    /// All numbers that round to the bounds: half a unit of the last digit to each side.
    private static Bounds rounded(ClaimRange range) {
        Bounds exact = exact(range);
        double below = range.from() == null ? 0 : range.from().ulp().doubleValue() / 2;
        double above = range.to() == null ? 0 : range.to().ulp().doubleValue() / 2;
        return new Bounds(exact.low() - below, exact.high() + above);
    }

    private static String plain(double value) {
        return String.format(Locale.ROOT, "%.4g", value).replaceFirst("\\.?0+$", "");
    }
}
