package phasebench.reports.verdict;

import java.util.List;
import java.util.Optional;

/// All verdicts of a run, judged together.
///
/// @param all in the order of the family
public record Judgements(Rules rules, int familySize, List<Judgement> all) {
    public Judgements {
        all = List.copyOf(all);
    }

    /// Judges the family of a run: phases x primary metrics.
    public static Judgements of(Comparisons run, Rules rules) {
        List<Comparison> family = run.comparisons();
        return new Judgements(rules, family.size(), Judge.judge(family, rules));
    }

    /// The verdict about one candidate and metric; empty where it was not compared.
    public Optional<Judgement> find(String baseline, String candidate, String metric) {
        return all.stream()
                .filter(judgement -> judgement.comparison().baseline().equals(baseline)
                        && judgement.comparison().candidate().equals(candidate)
                        && judgement.comparison().metric().equals(metric))
                .findFirst();
    }
}
