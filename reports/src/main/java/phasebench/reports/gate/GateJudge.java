package phasebench.reports.gate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phasebench.reports.comparison.Comparer;
import phasebench.reports.comparison.LadderResult;
import phasebench.reports.comparison.RunEvidence;
import phasebench.reports.evidence.Metric;
import phasebench.reports.gate.GateCase.Result;
import phasebench.reports.stats.Interval;
import phasebench.reports.text.VerdictWording;
import phasebench.reports.verdict.ClaimVerdict;
import phasebench.reports.verdict.Comparison;
import phasebench.reports.verdict.Judge;
import phasebench.reports.verdict.Judgement;
import phasebench.reports.verdict.Rules;
import phasebench.scenarios.GateMetric;
import phasebench.scenarios.GatePolicy;

/// Holds a run against a policy. What is missing never passes: each candidate and rule gets a case, whether there is
/// evidence for it or not.
public final class GateJudge {
    private final GatePolicy policy;
    private final RunEvidence run;
    private final List<Comparison> family;

    private GateJudge(GatePolicy policy, RunEvidence run) {
        this.policy = policy;
        this.run = run;
        Set<String> metrics = new HashSet<>();
        policy.rules().forEach(rule -> metrics.add(rule.metric().id()));
        this.family = run.comparisons().stream()
                .filter(comparison -> metrics.contains(comparison.metric()))
                .filter(comparison -> candidates().contains(comparison.candidate()))
                .toList();
    }

    public static GateDecision decide(GatePolicy policy, RunEvidence run) {
        return new GateJudge(policy, run).decision();
    }

    /// The decision where there is no run to judge, or none that can be read.
    public static GateDecision withoutRun(GatePolicy policy, String runId, String reason) {
        List<GateCase> cases = policy.rules().stream()
                .map(rule -> new GateCase("run", "", rule.metric().id(), Result.INVALID, reason, null, 0))
                .toList();
        return new GateDecision(
                GateDecision.SCHEMA_VERSION,
                policy.name(),
                runId,
                policy.confidence(),
                Result.INVALID,
                cases,
                List.of());
    }

    private GateDecision decision() {
        List<GateCase> cases = new ArrayList<>();
        for (GatePolicy.Rule rule : policy.rules()) {
            List<Judgement> judgements = Judge.judge(family, new Rules(rule.margin(), policy.confidence(), List.of()));
            for (String candidate : candidates()) {
                cases.add(ofCandidate(rule, candidate, judgements));
            }
        }
        if (policy.claims() == GatePolicy.Claims.REFUTED_FAILS) {
            cases.addAll(claims());
        }
        boolean doesInconclusivePass = policy.whenInconclusive() == GatePolicy.WhenInconclusive.PASS;
        return new GateDecision(
                GateDecision.SCHEMA_VERSION,
                policy.name(),
                run.manifest().runId(),
                policy.confidence(),
                GateDecision.worst(cases, doesInconclusivePass),
                cases,
                notes(cases, doesInconclusivePass));
    }

    /// Those that the policy names, whether the run has them or not; else all of the run.
    private List<String> candidates() {
        List<String> ofRun = run.variants().subList(1, run.variants().size());
        return policy.variants().isEmpty() ? ofRun : policy.variants();
    }

    private GateCase ofCandidate(GatePolicy.Rule rule, String candidate, List<Judgement> judgements) {
        Optional<String> flaw = flaw(candidate);
        if (flaw.isPresent()) {
            return invalid(rule, candidate, flaw.get());
        }
        return judgements.stream()
                .filter(judgement -> judgement.comparison().candidate().equals(candidate))
                .filter(judgement ->
                        judgement.comparison().metric().equals(rule.metric().id()))
                .findFirst()
                .map(judgement -> run.variants().contains(judgement.comparison().baseline())
                        ? ofJudgement(rule, judgement)
                        : invalid(
                                rule,
                                candidate,
                                "the baseline '%s' that it was measured against is no variant of this run"
                                        .formatted(judgement.comparison().baseline())))
                .orElseGet(() -> invalid(
                        rule,
                        candidate,
                        run.isDuet() && rule.metric() != GateMetric.CPU
                                ? "launch pairs measure CPU only, and the run has no rounds"
                                : "the run compares no " + label(rule.metric()) + " of " + candidate));
    }

    /// What keeps every case of a candidate from being judged.
    private Optional<String> flaw(String candidate) {
        if (!run.variants().contains(candidate)) {
            return Optional.of("variant '%s' of the policy is not in this run, which has %s"
                    .formatted(candidate, String.join(", ", run.variants())));
        }
        if (run.trials().isEmpty() && run.pairs().isEmpty()) {
            return Optional.of("the run is empty: no trial and no launch pair was ended");
        }
        if (!run.isDuet() && run.measured(run.variants().getFirst()).isEmpty()) {
            return Optional.of("the baseline '%s' has no valid trial"
                    .formatted(run.variants().getFirst()));
        }
        Set<String> ended = new HashSet<>();
        run.trials().forEach(trial -> ended.add(trial.id().directoryName()));
        run.pairs().forEach(pair -> ended.add(pair.id().directoryName()));
        long missing = run.manifest().trialOrder().stream()
                .filter(planned -> !ended.contains(planned))
                .count();
        return missing == 0
                ? Optional.empty()
                : Optional.of("the run was cut short: %d of %d planned trials or launch pairs have not ended"
                        .formatted(missing, run.manifest().trialOrder().size()));
    }

    /// A case for each claim that is refuted, or one that says that none is; a run without phases has no claims to hold
    /// to.
    private List<GateCase> claims() {
        LadderResult ladder = Comparer.compare(run).ladder();
        if (ladder == null) {
            return List.of(ofClaims("claims", Result.INVALID, "the run has no phases, and so no claims"));
        }
        List<GateCase> refuted = new ArrayList<>();
        int judged = 0;
        for (LadderResult.Step step : ladder.steps()) {
            for (LadderResult.Line line : step.lines()) {
                for (LadderResult.ClaimFinding claim : line.claims()) {
                    judged++;
                    if (claim.verdict() == ClaimVerdict.REFUTED) {
                        String message = "%s of %s: %s".formatted(claim.claim(), step.id(), claim.reason());
                        refuted.add(ofClaims(line.metric(), Result.REFUTED, message, step.variant()));
                    }
                }
            }
        }
        return refuted.isEmpty()
                ? List.of(ofClaims("claims", Result.PASSED, "none of %d claims is refuted".formatted(judged)))
                : refuted;
    }

    private GateCase ofClaims(String metric, Result result, String message) {
        return ofClaims(metric, result, message, "ladder");
    }

    private GateCase ofClaims(String metric, Result result, String message, String variant) {
        return new GateCase(variant, run.manifest().experiment().baseline(), metric, result, message, null, 0);
    }

    private GateCase ofJudgement(GatePolicy.Rule rule, Judgement judgement) {
        Comparison comparison = judgement.comparison();
        Interval interval = judgement.interval();
        Result result = switch (judgement.verdict()) {
            case IMPROVED, EQUIVALENT -> Result.PASSED;
            case REGRESSED -> Result.REGRESSED;
            case INCONCLUSIVE -> Result.INCONCLUSIVE;
            case INVALID -> Result.INVALID;
        };
        boolean isTooFew = judgement.n() < policy.pairsMin() && result != Result.INVALID;
        String figures = figures(rule.metric(), judgement, interval);
        String message = isTooFew
                ? figures + ". Only %d of the %d that the policy asks for".formatted(judgement.n(), policy.pairsMin())
                : figures + ": " + judgement.verdict().word() + ". " + judgement.reason() + more(judgement);
        return new GateCase(
                comparison.candidate(),
                comparison.baseline(),
                comparison.metric(),
                isTooFew ? Result.INCONCLUSIVE : result,
                message,
                interval,
                judgement.n());
    }

    private String figures(GateMetric metric, Judgement judgement, @Nullable Interval interval) {
        if (judgement.ratio() == null) {
            return label(metric) + " has no ratio";
        }
        String ratio = String.format(
                Locale.ROOT,
                "%s is %.4f of that of %s",
                label(metric),
                judgement.ratio(),
                judgement.comparison().baseline());
        return interval == null
                ? ratio + " (n = %s)".formatted(VerdictWording.n(judgement))
                : ratio
                        + String.format(
                                Locale.ROOT,
                                " (%.1f %% interval %.4f to %.4f, n = %s, one of %d comparisons)",
                                100 * interval.confidence(),
                                interval.low(),
                                interval.high(),
                                VerdictWording.n(judgement),
                                judgement.familySize());
    }

    private static String more(Judgement judgement) {
        Integer more = judgement.morePairs();
        return more == null ? "" : " About " + more + " more would tell.";
    }

    private GateCase invalid(GatePolicy.Rule rule, String candidate, String reason) {
        return new GateCase(
                candidate, run.manifest().experiment().baseline(), rule.metric().id(), Result.INVALID, reason, null, 0);
    }

    private static List<String> notes(List<GateCase> cases, boolean doesInconclusivePass) {
        boolean isUnsure = cases.stream().anyMatch(one -> one.result() == Result.INCONCLUSIVE);
        return isUnsure && doesInconclusivePass
                ? List.of(
                        "What is inconclusive passes, because the policy says so; it is not known to be without harm.")
                : List.of();
    }

    private static String label(GateMetric metric) {
        return Metric.byId(metric.id()).map(Metric::label).orElse(metric.id());
    }
}
