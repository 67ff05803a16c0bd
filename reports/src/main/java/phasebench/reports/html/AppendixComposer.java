package phasebench.reports.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phasebench.reports.comparison.ComparisonDocument;
import phasebench.reports.comparison.ComparisonDocument.TrialSummary;
import phasebench.reports.comparison.FloorRatio;
import phasebench.reports.comparison.RunEvidence;
import phasebench.reports.evidence.Metric;
import phasebench.reports.html.PageModel.Appendix;
import phasebench.reports.html.PageModel.FileLink;
import phasebench.reports.html.PageModel.Floor;
import phasebench.reports.html.PageModel.FloorLine;
import phasebench.reports.html.PageModel.Profile;
import phasebench.reports.html.PageModel.Trial;
import phasebench.reports.html.PageModel.VariantSetup;
import phasebench.reports.rundir.Artifact;
import phasebench.reports.rundir.CeilingEvidence;
import phasebench.reports.rundir.FloorEvidence;
import phasebench.reports.rundir.TrialKind;
import phasebench.reports.rundir.TrialRecord;
import phasebench.reports.text.Descriptions;
import phasebench.reports.text.FloorTable;
import phasebench.reports.text.VerificationSentence;
import phasebench.scenarios.Variant;

/// The end of the page: profiles, settings, trials, machine.
final class AppendixComposer {
    private final RunEvidence run;
    private final ComparisonDocument comparison;
    private final TrialFiles files;

    AppendixComposer(RunEvidence run, ComparisonDocument comparison, TrialFiles files) {
        this.run = run;
        this.comparison = comparison;
        this.files = files;
    }

    Appendix appendix() {
        List<String> variants = run.variants();
        return new Appendix(
                variants.stream().map(this::profile).toList(),
                variants.stream()
                        .map(variant -> setup(variant, variants.indexOf(variant)))
                        .toList(),
                comparison.trials().stream().map(this::trial).toList(),
                environment(),
                Descriptions.command(run.manifest().repeatCommand()),
                floor(),
                VerificationSentence.of(run));
    }

    /// The machine, and what the load generator could do on it.
    private Map<String, String> environment() {
        CeilingEvidence ceiling = run.ceiling();
        Map<String, String> environment = new LinkedHashMap<>(run.manifest().environment());
        if (ceiling != null) {
            environment.put("load generator's ceiling", ceiling.sentence());
        }
        return environment;
    }

    private @Nullable Floor floor() {
        FloorEvidence floor = run.floor();
        if (floor == null) {
            return null;
        }
        List<String> variants = run.variants();
        return new Floor(
                FloorTable.of(floor),
                comparison.floorRatios().stream()
                        .map(ratio -> line(ratio, variants.indexOf(ratio.variant())))
                        .toList());
    }

    private FloorLine line(FloorRatio ratio, int index) {
        String missing = ratio.missing();
        return new FloorLine(
                ratio.variant(),
                Ink.series(index).cssClass(),
                FloorTable.figure(comparison
                        .result(Metric.CPU_NS_PER_PACKET)
                        .of(ratio.variant())
                        .mean()),
                ratio.floor(),
                FloorTable.figure(ratio.queuedNs()),
                FloorTable.times(ratio.queuedRatio()),
                FloorTable.figure(ratio.droppedNs()),
                FloorTable.times(ratio.droppedRatio()),
                FloorTable.figure(ratio.pacedNs()),
                FloorTable.times(ratio.pacedRatio()),
                missing == null ? "" : missing);
    }

    private Profile profile(String variant) {
        List<FileLink> links = new ArrayList<>();
        for (TrialRecord trial : run.trials()) {
            if (trial.id().kind() == TrialKind.PROFILED && trial.id().variant().equals(variant)) {
                trial.files().forEach((name, what) -> {
                    if (name.startsWith(Artifact.FLAME_GRAPH_PREFIX) || name.endsWith(".jfr")) {
                        links.add(files.link(trial.id().directoryName(), name, what));
                    }
                });
            }
        }
        return new Profile(variant, links, links.isEmpty() ? "no profile was recorded" : "");
    }

    private VariantSetup setup(String id, int index) {
        Variant variant = Descriptions.find(run.manifest().experiment(), id);
        return new VariantSetup(
                id,
                Ink.series(index).cssClass(),
                variant.description(),
                Descriptions.settings(variant),
                String.join(" ", variant.jvmFlags()),
                srtpProfiles(id));
    }

    private String srtpProfiles(String variant) {
        SortedMap<String, Integer> viewers = new TreeMap<>();
        for (TrialSummary trial : comparison.trials()) {
            if (trial.variant().equals(variant) && trial.status().equals("measured")) {
                trial.srtpProfiles().forEach((profile, count) -> viewers.merge(profile, count, Integer::sum));
            }
        }
        if (viewers.size() == 1) {
            return viewers.firstKey() + " by every viewer of every trial";
        }
        return viewers.isEmpty()
                ? "not known"
                : viewers.entrySet().stream()
                        .map(entry -> entry.getKey() + " by " + entry.getValue())
                        .collect(Collectors.joining(", ", "", " viewers, over all trials"));
    }

    private Trial trial(TrialSummary summary) {
        List<FileLink> links = new ArrayList<>();
        links.add(files.link(summary.trial(), "trial.json", "every raw reading"));
        String startedAt = "";
        for (TrialRecord trial : run.trials()) {
            if (trial.id().directoryName().equals(summary.trial())) {
                startedAt = trial.startedAt();
                for (Map.Entry<String, String> file : trial.files().entrySet()) {
                    links.add(files.link(summary.trial(), file.getKey(), file.getValue()));
                }
            }
        }
        return new Trial(
                summary.trial(),
                summary.kind(),
                summary.variant(),
                startedAt,
                summary.status(),
                summary.reasons(),
                links);
    }
}
