package phasebench.harness.machine;

import java.io.IOException;

/// Clocks of the operating system: what `System.nanoTime()` cannot say about another process.
public final class NativeClocks {
    private NativeClocks() {}

    /// CPU time that a process has used, in nanoseconds, exited threads included.
    ///
    /// @throws IOException if there is no such process, or the machine has no such clock
    public static long processCpuNs(long pid) throws IOException {
        return LinuxCalls.instance().clockNs(LinuxCalls.instance().cpuClock(pid));
    }

    /// CPU time that the calling thread has used, in nanoseconds; the kernel's work in its name included.
    ///
    /// @throws IOException if the machine has no such clock
    public static long threadCpuNs() throws IOException {
        return LinuxCalls.instance().clockNs(LinuxCalls.CLOCK_THREAD_CPUTIME_ID);
    }

    /// The monotonic clock of the harness.
    public static long monotonicNs() {
        return System.nanoTime();
    }
}
