package phasebench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Load generators that carry one launch pair after the other. A fresh one spends ten seconds of a core on compiling
/// itself before its viewers have joined; a relay is fresh each time, its load need not be.
///
/// A child ends with the thread that started it (PR_SET_PDEATHSIG, prctl(2)): who takes loads must outlive their use.
final class WarmLoads implements AutoCloseable {
    /// By the cores that they run on.
    private final Map<List<Integer>, Deque<Warm>> idle = new HashMap<>();

    /// @param firstLog what the process says on its standard error goes where it was started
    record Warm(TrialLoad load, Path firstLog) {}

    /// A load that nobody uses, else a new one.
    ///
    /// @param logFile of the taker: what the load says, or where that stands
    synchronized Warm take(TrialSetup setup, Path logFile) throws IOException, TrialFailedException {
        Warm warm = of(setup).poll();
        if (warm == null) {
            return new Warm(setup.children().add(setup.startLoad(logFile)), logFile);
        }
        Path said = logFile.resolveSibling("").toAbsolutePath().relativize(warm.firstLog.toAbsolutePath());
        Files.writeString(
                logFile, "this load generator has carried launch pairs before; what it says is in " + said + "\n");
        setup.children().add(warm.load);
        return warm;
    }

    /// Keeps a load whose viewers have left.
    synchronized void giveBack(TrialSetup setup, Warm warm) {
        of(setup).add(warm);
    }

    private Deque<Warm> of(TrialSetup setup) {
        return idle.computeIfAbsent(setup.placement().loadCores(), _ -> new ArrayDeque<>());
    }

    /// Ends those that nobody uses.
    @Override
    public synchronized void close() {
        idle.values().forEach(all -> all.forEach(warm -> warm.load.stop()));
        idle.clear();
    }
}
