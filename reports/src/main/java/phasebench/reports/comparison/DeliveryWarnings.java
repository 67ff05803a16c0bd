package phasebench.reports.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phasebench.reports.rundir.DeliveryFault;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.TrialOutcome;
import phasebench.reports.rundir.TrialRecord;

/// Tells which variants delivered something else than they were given, in trials that count all the same: a loss or a
/// stall of the relay's is a result.
final class DeliveryWarnings {
    private record Seen(String variant, DeliveryFault.Kind kind) {}

    private final Map<Seen, List<String>> places = new LinkedHashMap<>();
    private final Map<Seen, String> examples = new LinkedHashMap<>();

    private DeliveryWarnings() {}

    static List<String> of(RunEvidence run) {
        DeliveryWarnings warnings = new DeliveryWarnings();
        for (TrialRecord trial : run.trials()) {
            if (trial.outcome() instanceof TrialOutcome.Measured) {
                warnings.look(trial.id().variant(), trial.id().directoryName(), trial.load());
            }
        }
        run.pairs().forEach(pair -> {
            String place = pair.id().directoryName();
            warnings.look(pair.baseline().variant(), place, pair.baseline().load());
            warnings.look(pair.candidate().variant(), place, pair.candidate().load());
        });
        return warnings.texts();
    }

    private void look(String variant, String place, @Nullable LoadEvidence load) {
        if (load == null || load.checks() == null) {
            return;
        }
        for (DeliveryFault fault : load.checks().faults()) {
            Seen seen = new Seen(variant, fault.kind());
            places.computeIfAbsent(seen, _ -> new ArrayList<>()).add(place);
            examples.putIfAbsent(seen, fault.text() + " (" + place + ")");
        }
    }

    private List<String> texts() {
        List<String> texts = new ArrayList<>();
        examples.forEach((seen, example) -> texts.add("Delivery by %s, in %d of its trials: %s."
                .formatted(seen.variant(), places.getOrDefault(seen, List.of()).size(), example)));
        return texts;
    }
}
