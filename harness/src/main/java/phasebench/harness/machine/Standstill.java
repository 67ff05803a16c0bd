package phasebench.harness.machine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Processes that stand still (SIGSTOP, signal(7)) until this is closed, so that their clocks and what they have sent
/// can be read as of one instant, however long the reading takes.
public final class Standstill implements AutoCloseable {
    private static final long WAIT_NS = 100_000;
    private static final long WAIT_NS_MAX = 1_000_000_000;

    private final List<Long> stopped = new ArrayList<>();

    private Standstill() {}

    /// Stops processes that this one has started, within microseconds of each other; returns when none of them runs any
    /// more.
    ///
    /// @throws IOException if one of them is gone or does not stop within a second; then the others go on
    public static Standstill of(List<Long> pids) throws IOException {
        Standstill standstill = new Standstill();
        try {
            for (long pid : pids) {
                standstill.stopped.add(pid);
                LinuxCalls.instance().kill(pid, LinuxCalls.SIGSTOP);
            }
            for (long pid : pids) {
                awaitStopped(pid);
            }
            return standstill;
        } catch (IOException | RuntimeException e) {
            standstill.close();
            throw e;
        }
    }

    /// The signal takes effect in each thread when it next leaves the kernel: what it is sending still goes out.
    private static void awaitStopped(long pid) throws IOException {
        long limitNs = System.nanoTime() + WAIT_NS_MAX;
        while (!isStopped(Path.of("/proc", Long.toString(pid), "task"))) {
            if (System.nanoTime() - limitNs > 0) {
                throw new IOException("process " + pid + " did not stop within 1 s");
            }
            LockSupport.parkNanos(WAIT_NS);
        }
    }

    private static boolean isStopped(Path tasks) throws IOException {
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                if (!isStoppedOrGone(thread)) {
                    return false;
                }
            }
            return true;
        }
    }

    /// By the third field of /proc/PID/task/TID/stat (proc_pid_stat(5)).
    private static boolean isStoppedOrGone(Path thread) throws IOException {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
        } catch (IOException e) {
            if (Files.exists(thread)) {
                throw e;
            }
            return true;
        }
    }

    /// Lets them go on.
    @Override
    public void close() {
        for (long pid : stopped) {
            try {
                LinuxCalls.instance().kill(pid, LinuxCalls.SIGCONT);
            } catch (IOException _) {
                // it has ended, which whoever waits for it notices
            }
        }
        stopped.clear();
    }
}
