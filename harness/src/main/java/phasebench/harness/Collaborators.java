package phasebench.harness;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import phasebench.harness.floor.FloorException;
import phasebench.harness.floor.FloorProbe;
import phasebench.harness.load.bench.CeilingException;
import phasebench.harness.load.bench.CeilingProbe;
import phasebench.reports.rundir.CeilingEvidence;
import phasebench.reports.rundir.FloorEvidence;

/// The neighbours that an experiment cannot be tested with: the load it starts, the report at its end, and floor and
/// ceiling, which take seconds.
record Collaborators(TrialLoad.Launcher load, Reporter reporter, FloorMeter floor, CeilingMeter ceiling) {
    static final Collaborators REAL =
            new Collaborators(GeneratorLoad::start, RenderedReport::write, FloorMeter.REAL, CeilingMeter.REAL);

    /// With neither floor nor ceiling.
    Collaborators(TrialLoad.Launcher load, Reporter reporter) {
        this(load, reporter, FloorMeter.NONE, CeilingMeter.NONE);
    }

    /// Measures no floor.
    Collaborators withoutFloor() {
        return new Collaborators(load, reporter, FloorMeter.NONE, ceiling);
    }

    /// Measures no ceiling of the load generator.
    Collaborators withoutCeiling() {
        return new Collaborators(load, reporter, floor, CeilingMeter.NONE);
    }

    /// Finds out what the load generator can receive.
    interface CeilingMeter {
        CeilingMeter REAL = (probe, threads, wanted) -> Optional.of(probe.measure(threads, wanted));
        CeilingMeter NONE = (_, _, _) -> Optional.empty();

        /// Empty when nobody wants it.
        ///
        /// @param threads receiving threads that can run at a time
        /// @param packetsPerSecondWanted what the scenario sends to viewers that read
        Optional<CeilingEvidence> measure(CeilingProbe probe, int threads, double packetsPerSecondWanted)
                throws CeilingException, InterruptedException;
    }

    /// Finds out what the machine charges for the bare minimum.
    interface FloorMeter {
        FloorMeter REAL = place -> Optional.of(new FloorProbe(place, FloorProbe.Effort.DEFAULT).measure());
        FloorMeter NONE = _ -> Optional.empty();

        /// Empty when nobody wants it.
        Optional<FloorEvidence> measure(FloorProbe.Place place) throws FloorException, InterruptedException;
    }

    /// Makes the report of a run directory.
    interface Reporter {
        /// @param out gets the results in a sentence each, and the path of the page
        void write(Path runDirectory, PrintStream out) throws IOException;
    }
}
