package phasebench.harness.profiler;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import phasebench.harness.process.Jcmd;
import phasebench.harness.process.RelayException;
import phasebench.reports.rundir.Artifact;

/// The profilers around one window, driven through `jcmd`.
///
/// JFR begins first: once async-profiler has had SIGPROF, JFR's CPU-time sampler stays silent without a word, while
/// in this order async-profiler takes another signal and both work.
public final class ProfilerSession {
    private static final String SETTINGS = "profiled.jfc";
    private static final String RECORDING = "phasebench";

    private final Jcmd jcmd;
    private final Path folder;
    private final Profiler.AsyncProfilerAndJfr profiler;
    private final List<String> problems = new ArrayList<>();

    private ProfilerSession(Jcmd jcmd, Path folder, Profiler.AsyncProfilerAndJfr profiler) {
        this.jcmd = jcmd;
        this.folder = folder.toAbsolutePath();
        this.profiler = profiler;
    }

    /// Starts JFR, then async-profiler. Takes about a second, most of it the first start of JFR in that JVM.
    ///
    /// @throws RelayException if the JVM does not answer; a profiler that refuses is a problem of the recording
    ///     instead
    public static ProfilerSession start(Jcmd jcmd, Path folder, Profiler.AsyncProfilerAndJfr profiler)
            throws RelayException, InterruptedException {
        ProfilerSession session = new ProfilerSession(jcmd, folder, profiler);
        session.startJfr();
        session.startAsyncProfiler();
        return session;
    }

    private void startJfr() throws RelayException, InterruptedException {
        Path settings = folder.resolve(SETTINGS);
        try (InputStream shipped = ProfilerSession.class.getResourceAsStream(SETTINGS)) {
            Files.copy(Objects.requireNonNull(shipped), settings, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String answer = jcmd.run("JFR.start", "name=" + RECORDING, "settings=" + settings);
        if (!answer.contains("Started recording")) {
            problems.add("JFR did not start: " + answer.strip());
        }
    }

    private void startAsyncProfiler() throws RelayException, InterruptedException {
        if (asyncProfiler(options(profiler.cpuEvent())) || profiler.cpuEvent() == Profiler.CpuEvent.CTIMER) {
            return;
        }
        // a container may forbid perf_event_open whatever the kernel's settings say
        problems.add("async-profiler refused the event cpu: ctimer instead, without kernel stacks");
        if (!asyncProfiler(options(Profiler.CpuEvent.CTIMER))) {
            problems.add("async-profiler refused the event ctimer as well");
        }
    }

    private String options(Profiler.CpuEvent event) {
        return "start,event=%s,interval=10ms,alloc=512k,lock=100us,nativemem=512k,nofree,jfr,file=%s"
                .formatted(event.option(), recording());
    }

    /// Ends both recordings and keeps their files.
    ///
    /// @return what went wrong so far; empty when nothing did
    public List<String> stop() throws RelayException, InterruptedException {
        if (!asyncProfiler("stop")) {
            problems.add("async-profiler did not stop cleanly");
        }
        String answer = jcmd.run("JFR.stop", "name=" + RECORDING, "filename=" + jfrRecording());
        if (!answer.contains("Stopped recording")) {
            problems.add("JFR did not stop: " + answer.strip());
        }
        return List.copyOf(problems);
    }

    /// One command to the agent inside the JVM; `jcmd` returns nothing but its code.
    private boolean asyncProfiler(String command) throws RelayException, InterruptedException {
        // jcmd splits at '=' and ',' unless quoted
        String answer =
                jcmd.run("JVMTI.agent_load", profiler.library().toAbsolutePath().toString(), "\"" + command + "\"");
        return answer.contains("return code: 0");
    }

    private Path recording() {
        return folder.resolve(Artifact.RECORDING.fileName());
    }

    private Path jfrRecording() {
        return folder.resolve(Artifact.JFR_RECORDING.fileName());
    }
}
