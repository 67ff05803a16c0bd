package phasebench.harness.load.viewer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// Datagrams that the kernel dropped at sockets of ours, from the last column of /proc/net/udp (proc(5)).
public final class KernelDrops {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));
    private static final int LOCAL_ADDRESS = 1;
    private static final int DROPS = 12;

    private KernelDrops() {}

    /// Drops so far, over all sockets bound to one of the ports.
    public static long read(Set<Integer> localPorts) throws IOException {
        long drops = 0;
        for (Path table : TABLES) {
            if (Files.exists(table)) {
                drops += sum(Files.readAllLines(table), localPorts);
            }
        }
        return drops;
    }

    static long sum(List<String> lines, Set<Integer> localPorts) {
        long drops = 0;
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            String[] columns = line.strip().split("\\s+", -1);
            String address = columns[LOCAL_ADDRESS];
            int port = Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
            if (localPorts.contains(port)) {
                drops += Long.parseLong(columns[DROPS]);
            }
        }
        return drops;
    }
}
