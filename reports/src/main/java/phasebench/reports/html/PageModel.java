package phasebench.reports.html;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phasebench.reports.text.CapacityTable;
import phasebench.reports.text.FloorTable;
import phasebench.reports.text.MicroTable;

/// Everything that the page's template shows, as text; the template only arranges it.
///
/// @param memory what a viewer costs in memory; null for a run with one number of viewers
/// @param micro benchmarks of single functions; empty where none were run
/// @param capacity viewers per core; without answers where nobody climbed
public record PageModel(
        Head head,
        List<VariantFinding> findings,
        @Nullable Verdicts verdicts,
        List<String> warnings,
        @Nullable Pairs pairs,
        List<Group> groups,
        List<Figure> figures,
        Cpu cpu,
        Latency latency,
        @Nullable Ladder ladder,
        List<MicroTable.Row> micro,
        Appendix appendix,
        @Nullable Memory memory,
        CapacityTable capacity) {
    /// The page of a run in which nobody climbed.
    public PageModel(
            Head head,
            List<VariantFinding> findings,
            @Nullable Verdicts verdicts,
            List<String> warnings,
            @Nullable Pairs pairs,
            List<Group> groups,
            List<Figure> figures,
            Cpu cpu,
            Latency latency,
            @Nullable Ladder ladder,
            List<MicroTable.Row> micro,
            Appendix appendix,
            @Nullable Memory memory) {
        this(
                head,
                findings,
                verdicts,
                warnings,
                pairs,
                groups,
                figures,
                cpu,
                latency,
                ladder,
                micro,
                appendix,
                memory,
                new CapacityTable(List.of(), List.of()));
    }

    /// The same with what climbs found.
    public PageModel withCapacity(CapacityTable found) {
        return new PageModel(
                head, findings, verdicts, warnings, pairs, groups, figures, cpu, latency, ladder, micro, appendix,
                memory, found);
    }

    /// @param counts such as `12 measured, 1 invalid`
    public record Head(
            String title,
            String description,
            String runId,
            String startedAt,
            String scenario,
            String plan,
            String counts,
            String baseline,
            String confidence) {}

    /// The sentence about one variant, with its figure in large.
    ///
    /// @param value `better`, `worse` or empty
    public record VariantFinding(
            String variant,
            String cssClass,
            String description,
            String figure,
            String value,
            String sentence,
            List<Line> others) {}

    /// A sentence about a further metric.
    public record Line(String value, String text, String anchor) {}

    /// What was judged, and by what rules.
    public record Verdicts(String rules, List<VerdictRow> rows) {}

    /// @param verdict also the name of its colour
    /// @param more how many more pairs would decide, or empty
    /// @param ratio empty without one, as `interval`
    public record VerdictRow(
            String candidate,
            String baseline,
            String metric,
            String verdict,
            String more,
            String ratio,
            String interval,
            String n,
            String reason,
            List<String> warnings) {}

    /// A verdict about a claim.
    public record ClaimVerdict(String word, String reason) {}

    /// Launch pairs of all couples.
    ///
    /// @param svg markup, or null when no pair counts
    /// @param rows with media first
    /// @param checks what should make no difference to a ratio
    /// @param costs what a launch pair takes, by stage
    public record Pairs(@Nullable String svg, List<PairRow> rows, List<PairCheck> checks, List<String> costs) {}

    /// @param suspicious whether it does make a difference
    public record PairCheck(String sentence, boolean suspicious) {}

    /// One launch pair; all figures are empty unless it was measured.
    ///
    /// @param spread range of the ratio over the windows that count
    /// @param others the ratio by other ways of counting
    /// @param jit share of each relay's CPU, as `baseline / candidate`; so is `gc`
    /// @param core share of the time in which the core was busy, and in which the relays had it
    public record PairRow(
            String name,
            String href,
            String order,
            String status,
            List<String> reasons,
            String ratio,
            String spread,
            String others,
            String baseline,
            String candidate,
            String jit,
            String gc,
            String core,
            List<FileLink> files) {}

    /// Metrics of one tier.
    public record Group(String title, String note, List<Row> rows) {}

    public record Row(String anchor, String label, String unit, String better, List<Cell> cells) {}

    /// @param change empty for the baseline
    /// @param value `better`, `worse` or empty
    /// @param note what else the number is to be held against, or empty
    public record Cell(
            String variant,
            String mean,
            String n,
            String change,
            String interval,
            String finding,
            boolean isIndicative,
            String value,
            String missing,
            String note) {}

    /// One metric's picture, raw values and origin.
    ///
    /// @param svg markup, or null when there is nothing to show
    public record Figure(
            String anchor,
            String label,
            String unit,
            String better,
            String meaning,
            String source,
            @Nullable String svg,
            List<RawValue> values,
            List<String> bootstrap) {}

    public record RawValue(String variant, String trial, String href, String value) {}

    /// CPU by thread role.
    public record Cpu(@Nullable String svg, List<String> variants, List<RoleRow> rows) {}

    public record RoleRow(String role, String cssClass, List<String> values) {}

    /// Latency by quantile.
    public record Latency(@Nullable String svg, List<LegendEntry> legend) {}

    public record LegendEntry(String variant, String cssClass, String dash) {}

    /// Memory over viewers.
    ///
    /// @param svg markup, or null when no trial counts
    /// @param byCount a line for each number of viewers, a cell for each variant
    /// @param ring how a ring's size is derived; empty when no two variants differ in it alone
    public record Memory(
            @Nullable String svg,
            List<LegendEntry> legend,
            List<String> sentences,
            List<MemoryLine> lines,
            List<MemoryCount> byCount,
            List<RingPart> ring,
            String ringBytes) {}

    /// A fitted line; all figures but the variant are empty without one.
    public record MemoryLine(
            String variant,
            String cssClass,
            String heap,
            String heapInterval,
            String heapWithoutViewers,
            String shape,
            String rss,
            String rssInterval,
            String n) {}

    public record MemoryCount(String viewers, List<MemoryCell> cells) {}

    public record MemoryCell(String variant, String heap, String rss) {}

    public record RingPart(String what, String count, String bytesEach, String bytes) {}

    /// What was expected of each phase beside what was measured.
    public record Ladder(List<LadderStep> steps, List<String> contradictions) {}

    /// @param facts risk, way back and the like
    public record LadderStep(String id, String description, List<String> facts, List<LadderLine> lines) {}

    /// @param interval empty without a number
    public record LadderLine(
            String label,
            String anchor,
            String against,
            String expected,
            boolean isClaimed,
            String measured,
            String interval,
            String n,
            String how,
            List<ClaimVerdict> verdicts) {}

    /// What the page ends with.
    ///
    /// @param verification how much of what was delivered has been looked into
    public record Appendix(
            List<Profile> profiles,
            List<VariantSetup> variants,
            List<Trial> trials,
            Map<String, String> environment,
            String repeatCommand,
            @Nullable Floor floor,
            String verification) {}

    /// What the machine charges for the bare minimum.
    ///
    /// @param ratios one for each variant
    public record Floor(FloorTable table, List<FloorLine> ratios) {}

    /// @param missing why there are no ratios; empty when there are
    public record FloorLine(
            String variant,
            String cssClass,
            String cpu,
            String floor,
            String queued,
            String queuedRatio,
            String dropped,
            String droppedRatio,
            String paced,
            String pacedRatio,
            String missing) {}

    public record Profile(String variant, List<FileLink> links, String missing) {}

    public record VariantSetup(
            String variant,
            String cssClass,
            String description,
            String settings,
            String jvmFlags,
            String srtpProfiles) {}

    public record Trial(
            String name,
            String kind,
            String variant,
            String startedAt,
            String status,
            List<String> reasons,
            List<FileLink> files) {}

    /// @param href relative to the page; null when the file is not in the run directory
    public record FileLink(
            String name, String what, @Nullable String href) {}
}
