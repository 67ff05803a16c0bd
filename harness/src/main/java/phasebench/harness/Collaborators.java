package phasebench.harness;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/// The two neighbours that an experiment cannot be tested with: the load it starts, and the report at its end.
record Collaborators(TrialLoad.Launcher load, Reporter reporter) {
    static final Collaborators REAL = new Collaborators(GeneratorLoad::start, RenderedReport::write);

    /// Makes the report of a run directory.
    interface Reporter {
        /// @param out gets the results in a sentence each, and the path of the page
        void write(Path runDirectory, PrintStream out) throws IOException;
    }
}
