package phasebench.harness.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How busy others keep the machine just now.
///
/// @param busyShare share (0-1) of the cores' time that was not idle
/// @param stealShare share (0-1) that the hypervisor took
/// @param waitShare share (0-1) of the time in which some task waited for a core; negative where the kernel does
///     not say
public record MachineNoise(double busyShare, double stealShare, double waitShare) {
    private static final Pattern SOME_TOTAL = Pattern.compile("some .*total=(\\d+)");

    /// Looks for as long as `duration`, during which the caller should do nothing else.
    public static MachineNoise sample(List<Integer> cores, Duration duration) throws InterruptedException {
        long startNs = System.nanoTime();
        CoreTimes before = CoreTimes.read(cores);
        OptionalLong waitUsBefore = waitUs();
        Thread.sleep(duration);
        CoreTimes after = CoreTimes.read(cores);
        OptionalLong waitUsAfter = waitUs();
        double elapsedNs = System.nanoTime() - startNs;
        double waitShare = waitUsBefore.isPresent() && waitUsAfter.isPresent()
                ? (waitUsAfter.getAsLong() - waitUsBefore.getAsLong()) * 1000 / elapsedNs
                : -1;
        return new MachineNoise(
                Math.max(0, (after.busyNs() - before.busyNs()) / elapsedNs / cores.size()),
                (after.stealNs() - before.stealNs()) / elapsedNs / cores.size(),
                waitShare);
    }

    /// Whether a trial begun now would probably be disturbed.
    public boolean isDisturbing() {
        return busyShare > 0.05 || stealShare > 0.01 || waitShare > 0.05;
    }

    @Override
    public String toString() {
        String wait = waitShare < 0 ? "" : ", tasks waited %.1f %%".formatted(waitShare * 100);
        return "cores busy %.1f %%, steal %.1f %%".formatted(busyShare * 100, stealShare * 100) + wait;
    }

    /// Time in which at least one task of the machine waited for a core (kernel documentation, accounting/psi).
    private static OptionalLong waitUs() {
        try {
            Matcher total = SOME_TOTAL.matcher(Files.readString(Path.of("/proc/pressure/cpu")));
            return total.find() ? OptionalLong.of(Long.parseLong(total.group(1))) : OptionalLong.empty();
        } catch (IOException _) {
            return OptionalLong.empty();
        }
    }
}
