package phasebench.harness.load;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.impair.ImpairmentProxy;
import phasebench.harness.load.viewer.TickLateness;
import phasebench.harness.load.viewer.Viewers;
import phasebench.reports.rundir.GeneratorEvidence;
import phasebench.reports.rundir.HeadroomEvidence;
import phasebench.reports.rundir.ImpairmentEvidence;
import phasebench.reports.rundir.LoadChecks;

/// Watches over one window what is not in packets: the generator's own threads, and what the network of its making
/// does.
final class WindowWatch {
    private final Viewers viewers;
    private GeneratorThreads before = GeneratorThreads.read();
    private GeneratorThreads after = before;

    WindowWatch(Viewers viewers) {
        this.viewers = viewers;
    }

    /// The first frame of the window is about to leave.
    void begin() {
        before = GeneratorThreads.read();
    }

    /// The last frame of the window has left, the next one has not.
    void end() {
        after = GeneratorThreads.read();
    }

    /// What was found, when the viewers have ended the window; faults are looked for where all viewers' counts are.
    ///
    /// @param viewerCount viewers that this generator carried
    LoadChecks checks(int viewerCount, GeneratorUsage usage) throws InterruptedException {
        ImpairmentProxy proxy = viewers.proxy();
        @Nullable ImpairmentEvidence impaired = proxy == null ? null : proxy.read();
        TickLateness.Reading late = viewers.lateness();
        HeadroomEvidence headroom = new HeadroomEvidence(
                after.since(before, GeneratorThreads.Times::cpuNs),
                after.since(before, GeneratorThreads.Times::runDelayNs),
                late.nsP99(),
                late.nsMax());
        GeneratorEvidence self = new GeneratorEvidence(viewerCount, usage.cpuNs(), usage.gcNs(), headroom);
        return new LoadChecks(List.of(), headroom, impaired, List.of(self));
    }
}
