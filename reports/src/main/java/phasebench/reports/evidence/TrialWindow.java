package phasebench.reports.evidence;

import java.util.Map;
import java.util.Optional;
import phasebench.reports.rundir.HeapEvidence;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.ProcessReading;
import phasebench.reports.rundir.ThreadRoleReading;
import phasebench.reports.rundir.TrialRecord;

/// The parts of a trial's record that metrics are computed from; each accessor throws [MissingEvidence] when its part
/// is not there.
final class TrialWindow {
    /// Evidence that the record does not hold; the message is what the report says.
    static final class MissingEvidence extends RuntimeException {
        private static final long serialVersionUID = 1;

        MissingEvidence(String reason) {
            super(reason);
        }
    }

    private final TrialRecord trial;

    TrialWindow(TrialRecord trial) {
        this.trial = trial;
    }

    ProcessReading before() {
        return require(trial.before(), "no reading before the window");
    }

    ProcessReading after() {
        return require(trial.after(), "no reading after the window");
    }

    HeapEvidence heap() {
        return require(trial.heap(), "no heap reading after a full collection");
    }

    LoadEvidence load() {
        return require(trial.load(), "no evidence from the load generator");
    }

    long elapsedNs() {
        return after().atNs() - before().atNs();
    }

    long cpuNs() {
        return after().cpuNs() - before().cpuNs();
    }

    long packets() {
        requireViewers();
        return load().packetsForwarded();
    }

    int viewers() {
        requireViewers();
        return load().viewersConnected();
    }

    private void requireViewers() {
        if (load().viewersWanted() == 0) {
            throw new MissingEvidence("the trial has no viewers");
        }
    }

    /// How much a relay counter grew over the window.
    double counted(String sample) {
        return relayCounter(after(), sample) - relayCounter(before(), sample);
    }

    /// A relay counter or gauge at the end of the window.
    double gauge(String sample) {
        return relayCounter(after(), sample);
    }

    /// CPU time of one role over the window; 0 for a role that never had a thread.
    double roleCpuNs(String role) {
        return roleCpuNs(after(), role) - roleCpuNs(before(), role);
    }

    double runDelayNs() {
        return runDelayNs(after()) - runDelayNs(before());
    }

    /// How much a counter of the JVM grew, when it was read.
    Optional<Long> jvmCounted(String counter) {
        Long first = before().jvmCounters().get(counter);
        Long last = after().jvmCounters().get(counter);
        return first == null || last == null ? Optional.empty() : Optional.of(last - first);
    }

    boolean hasRole(String role) {
        return after().threads().stream().anyMatch(thread -> thread.role().equals(role));
    }

    private static double roleCpuNs(ProcessReading reading, String role) {
        return reading.threads().stream()
                .filter(thread -> thread.role().equals(role))
                .mapToDouble(ThreadRoleReading::cpuNs)
                .sum();
    }

    private static double runDelayNs(ProcessReading reading) {
        if (reading.threads().isEmpty()) {
            throw new MissingEvidence("no reading of the relay's threads");
        }
        return reading.threads().stream()
                .mapToDouble(ThreadRoleReading::runDelayNs)
                .sum();
    }

    private static double relayCounter(ProcessReading reading, String sample) {
        Map<String, Double> counters = reading.relayCounters();
        Double value = counters.get(sample);
        if (value == null) {
            throw new MissingEvidence("the relay exports no " + sample);
        }
        return value;
    }

    private static <T> T require(@org.jspecify.annotations.Nullable T part, String reason) {
        if (part == null) {
            throw new MissingEvidence(reason);
        }
        return part;
    }
}
