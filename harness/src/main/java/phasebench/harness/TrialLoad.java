package phasebench.harness;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import phasebench.harness.process.ProcessReader;
import phasebench.harness.process.ReadyLine;
import phasebench.harness.process.RelayException;
import phasebench.reports.rundir.LoadEvidence;
import phasebench.reports.rundir.ProcessReading;
import phasebench.scenarios.Scenario;

/// The load of one trial, as the trial sees it: publishers and viewers in a process of their own.
interface TrialLoad extends AutoCloseable {
    /// Publishes, lets the viewers join over the ramp, and returns when all of them receive frames.
    void prepare(Scenario scenario, ReadyLine relay, long seed) throws TrialFailedException, InterruptedException;

    /// Lets the viewers of the next step of a climb join, and returns when all of them receive frames.
    void grow() throws TrialFailedException, InterruptedException;

    /// Returns just before the first counted frame is due.
    void beginWindow() throws TrialFailedException, InterruptedException;

    /// The same, and reads the relay's process then. The relay is asked once before: what answers it ends after 2 s
    /// without a request, and would be late for this one.
    ///
    /// @param jvmCounters the relay's, read before
    default ProcessReading beginWindow(ProcessReader reader, Map<String, Long> jvmCounters)
            throws TrialFailedException, RelayException, InterruptedException {
        reader.read(jvmCounters);
        beginWindow();
        return reader.read(jvmCounters);
    }

    /// Returns just after the last counted frame has left and before the next one is due.
    void awaitWindowBoundary() throws TrialFailedException, InterruptedException;

    /// Returns when the window's frames, and `drain` after them, have passed; traffic goes on.
    LoadEvidence endWindow(Duration drain) throws TrialFailedException, InterruptedException;

    /// Distinct RTP packets of the open window that viewers have got so far; only differences of it speak.
    long packetsDelivered() throws TrialFailedException, InterruptedException;

    /// Lets no further frame leave; sessions stay. Only a closed drive can.
    void pause() throws TrialFailedException, InterruptedException;

    /// Goes on where [#pause] stopped.
    void resume() throws TrialFailedException, InterruptedException;

    /// Viewers and publishers leave in order; then the load can be prepared anew.
    void leave() throws TrialFailedException, InterruptedException;

    /// Viewers and publishers leave in order, and the process ends.
    void stop();

    /// Ends the process, however it fares.
    @Override
    void close();

    /// Starts a load.
    interface Launcher {
        /// @param launcherPrefix what the command line of each process begins with
        /// @param generators processes that share the viewers
        TrialLoad start(List<String> launcherPrefix, Path javaHome, Path logFile, int generators)
                throws TrialFailedException;
    }
}
