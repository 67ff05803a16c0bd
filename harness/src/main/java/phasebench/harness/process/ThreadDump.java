package phasebench.harness.process;

import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A dump made by `jcmd Thread.dump_to_file -format=json`, which lists virtual threads as well.
public final class ThreadDump {
    private ThreadDump() {}

    /// Live virtual threads in the dump.
    public static int virtualThreads(Path file) {
        JsonNode root = JsonMapper.shared().readTree(file.toFile());
        int count = 0;
        for (JsonNode container : root.path("threadDump").path("threadContainers")) {
            for (JsonNode thread : container.path("threads")) {
                // JDK 25 writes a boolean, and writes it for virtual threads only
                if (thread.path("virtual").asBoolean(false)) {
                    count++;
                }
            }
        }
        return count;
    }
}
