package phasebench.harness;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import phasebench.harness.floor.FloorException;
import phasebench.harness.floor.FloorProbe;
import phasebench.reports.rundir.FloorEvidence;

/// The neighbours that an experiment cannot be tested with: the load it starts, the report at its end, and the floor,
/// which takes seconds.
record Collaborators(TrialLoad.Launcher load, Reporter reporter, FloorMeter floor) {
    static final Collaborators REAL = new Collaborators(GeneratorLoad::start, RenderedReport::write, FloorMeter.REAL);

    /// Measures no floor.
    Collaborators withoutFloor() {
        return new Collaborators(load, reporter, FloorMeter.NONE);
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
