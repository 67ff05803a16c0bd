package phasebench.scenarios;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a file of `kind: phases`.
public final class PhaseFile {
    private static final List<String> KEYS = List.of("kind", "name", "description", "start", "bases", "phases", "rows");
    private static final List<String> PHASE_KEYS = List.of(
            "id", "parent", "planItem", "description", "changes", "risk", "rollback", "testNeed", "decision", "claims");
    private static final String NUMBER_IN_WORDS = "a number that is not negative, such as 21.5";

    private final Section top;
    private final Set<String> ids = new HashSet<>();

    private PhaseFile(Section top) {
        this.top = top;
    }

    /// Throws when the file is missing, holds no phases, or phases that make no ladder; names all mistakes at
    /// once.
    public static PhaseLadder read(Path path) throws ScenarioFileException {
        return new PhaseFile(FileKind.PHASES.read(path, KEYS)).ladder();
    }

    private PhaseLadder ladder() throws ScenarioFileException {
        String name = top.matching("name", ScenarioFile.NAME, ScenarioFile.NAME_IN_WORDS);
        String description = top.text("description", name);
        PhaseLadder.Start start = start();
        List<Section> sections = top.sections("phases", "phase", PHASE_KEYS);
        List<OptimizationPhase> phases = new ArrayList<>();
        for (Section section : sections) {
            phases.add(phase(section));
        }
        requireLadder(start, phases, sections);
        List<String> phaseIds = phases.stream().map(OptimizationPhase::id).toList();
        List<CumulativeRow> rows = rows(phaseIds);
        Map<ClaimBase, BaseFigures> bases = bases(start, phaseIds);
        top.mistakes().throwIfAny();
        return top.construct(() -> new PhaseLadder(name, description, start, bases, parentsFirst(start, phases), rows));
    }

    private PhaseLadder.Start start() {
        Section section = top.section("start", List.of("id", "description", "settings"));
        String id = newId(section);
        return new PhaseLadder.Start(id, section.text("description", id), RelaySetting.read(section, "settings"));
    }

    private OptimizationPhase phase(Section section) {
        String id = newId(section);
        String parent = section.text("parent");
        String description = section.text("description", id);
        if (!section.has("changes")) {
            section.problem("changes", "is missing", "the relay settings that the phase switches");
        }
        Map<String, String> changes = RelaySetting.read(section, "changes");
        PlanEntry plan = new PlanEntry(
                section.text("planItem", ""),
                risk(section),
                rollback(section),
                word(section, "testNeed", PlanEntry.Level.values()),
                word(section, "decision", PlanEntry.Decision.values()));
        return new OptimizationPhase(id, parent, description, changes, ClaimSection.read(section), plan);
    }

    private String newId(Section section) {
        String id = section.matching("id", ScenarioFile.NAME, ScenarioFile.NAME_IN_WORDS);
        if (!ids.add(id)) {
            section.problem("id", Section.valueOf(id) + " is the id of an earlier phase or row", "an id of its own");
        }
        return id;
    }

    private static PlanEntry.Risk risk(Section phase) {
        Section risk = phase.section("risk", List.of("level", "text"));
        return new PlanEntry.Risk(word(risk, "level", PlanEntry.Level.values()), risk.text("text", ""));
    }

    private static PlanEntry.Rollback rollback(Section phase) {
        Section rollback = phase.section("rollback", List.of("level", "text"));
        return new PlanEntry.Rollback(word(rollback, "level", PlanEntry.Ease.values()), rollback.text("text", ""));
    }

    private static <W extends PlanEntry.Word> W word(Section section, String key, W[] words) {
        return section.choice(key, List.of(words), PlanEntry.Word::word);
    }

    /// Every parent is a phase or the start, and every way down ends at the start.
    private static void requireLadder(PhaseLadder.Start start, List<OptimizationPhase> phases, List<Section> sections) {
        Map<String, String> parents = new HashMap<>();
        phases.forEach(phase -> parents.putIfAbsent(phase.id(), phase.parent()));
        List<String> allowed = new ArrayList<>(List.of(start.id()));
        phases.forEach(phase -> allowed.add(phase.id()));
        for (int i = 0; i < phases.size(); i++) {
            OptimizationPhase phase = phases.get(i);
            if (!allowed.contains(phase.parent())) {
                sections.get(i).choice("parent", allowed);
                continue;
            }
            List<String> way = new ArrayList<>(List.of(phase.id()));
            @Nullable String next = phase.parent();
            while (next != null && !next.equals(start.id()) && !way.contains(next)) {
                way.add(next);
                next = parents.get(next);
            }
            if (next != null && next.equals(phase.id())) {
                String circle = String.join(" -> ", way) + " -> " + next;
                String problem = "%s leads in a circle: %s".formatted(Section.valueOf(phase.parent()), circle);
                sections.get(i).problem("parent", problem, "a way that ends at " + start.id());
            }
        }
    }

    /// The order of the file, but no phase before the one it stands on.
    private static List<OptimizationPhase> parentsFirst(PhaseLadder.Start start, List<OptimizationPhase> phases) {
        Map<String, OptimizationPhase> placed = new LinkedHashMap<>();
        while (placed.size() < phases.size()) {
            for (OptimizationPhase phase : phases) {
                if (phase.parent().equals(start.id()) || placed.containsKey(phase.parent())) {
                    placed.putIfAbsent(phase.id(), phase);
                }
            }
        }
        return List.copyOf(placed.values());
    }

    private List<CumulativeRow> rows(List<String> phaseIds) {
        List<CumulativeRow> rows = new ArrayList<>();
        if (!top.has("rows")) {
            return rows;
        }
        for (Section section :
                top.sections("rows", "cumulative row", List.of("id", "kind", "description", "phases", "claims"))) {
            section.choice("kind", List.of("row"));
            String id = newId(section);
            String allowed = "a list of phases: " + String.join(", ", phaseIds);
            List<String> phases = section.texts("phases", allowed);
            for (String phase : phases) {
                if (!phaseIds.contains(phase)) {
                    String problem =
                            Section.valueOf(phase) + " is no phase" + ScenarioFileException.didYouMean(phase, phaseIds);
                    section.problem("phases", problem, String.join(", ", phaseIds));
                }
            }
            List<Claim> claims = ClaimSection.read(section);
            if (phases.isEmpty()) {
                section.problem("phases", section.has("phases") ? "the list is empty" : "is missing", allowed);
            } else {
                rows.add(new CumulativeRow(id, section.text("description", id), phases, claims));
            }
        }
        return rows;
    }

    private Map<ClaimBase, BaseFigures> bases(PhaseLadder.Start start, List<String> phaseIds) {
        Map<ClaimBase, BaseFigures> bases = new EnumMap<>(ClaimBase.class);
        if (!top.has("bases")) {
            return bases;
        }
        List<String> places = new ArrayList<>(List.of(start.id()));
        places.addAll(phaseIds);
        List<String> known = List.of(ClaimBase.INITIAL.word(), ClaimBase.CURRENT.word());
        Section section = top.section("bases", known);
        for (ClaimBase base : List.of(ClaimBase.INITIAL, ClaimBase.CURRENT)) {
            if (section.has(base.word())) {
                Section figures = section.section(base.word(), List.of("at", "cpu", "heap", "goroutines"));
                bases.put(
                        base,
                        new BaseFigures(
                                figures.choice("at", places),
                                figure(figures, "cpu"),
                                figure(figures, "heap"),
                                figure(figures, "goroutines")));
            }
        }
        return bases;
    }

    private static @Nullable BigDecimal figure(Section figures, String key) {
        if (!figures.has(key)) {
            return null;
        }
        String text = figures.text(key);
        if (text.matches("\\d+(\\.\\d+)?")) {
            return new BigDecimal(text);
        }
        figures.problem(key, Section.valueOf(text) + " is not a number", NUMBER_IN_WORDS);
        return null;
    }
}
