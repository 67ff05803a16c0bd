package phasebench.harness.process;

/// Parsers of files under /proc (proc(5)).
final class ProcFiles {
    private ProcFiles() {}

    /// A number of `/proc/PID/status`, in the file's own unit; -1 if the key is absent.
    static long statusValue(String status, String key) {
        for (String line : status.lines().toList()) {
            if (line.startsWith(key + ":")) {
                String value = line.substring(key.length() + 1).strip();
                int space = value.indexOf(' ');
                return Long.parseLong(space < 0 ? value : value.substring(0, space));
            }
        }
        return -1;
    }

    /// VmRSS in bytes. The kernel prints "kB" and means 1024 bytes.
    static long rssBytes(String status) {
        return Math.max(0, statusValue(status, "VmRSS")) * 1024;
    }

    /// Time on a core and time waiting for one, of `/proc/PID/task/TID/schedstat`.
    static SchedStat schedStat(String text) {
        String[] fields = text.strip().split("\\s+", -1);
        if (fields.length < 2) {
            throw new IllegalArgumentException("schedstat has %d fields: '%s'".formatted(fields.length, text));
        }
        return new SchedStat(Long.parseLong(fields[0]), Long.parseLong(fields[1]));
    }

    record SchedStat(long cpuNs, long runDelayNs) {}
}
