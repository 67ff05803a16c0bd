package phasebench.harness.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import phasebench.reports.rundir.Artifact;
import phasebench.scenarios.RelaySetting;

/// The `relay.yaml` of one trial: free ports on the loopback address, and the variant's settings.
public record RelaySettings(Map<String, String> variantSettings) {
    /// File that the relay writes its counters to when it stops.
    public static final String COUNTERS_FILE = Artifact.RELAY_COUNTERS.fileName();

    /// Writes the file; the counters file's path in it is relative to the relay's working directory.
    public void write(Path file) throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("rtspAddress", "127.0.0.1:0");
        all.put("httpAddress", "127.0.0.1:0");
        all.put("webrtcAddress", "127.0.0.1:0");
        all.put("countersFile", COUNTERS_FILE);
        String profile = variantSettings.get(RelaySetting.PROFILE.key());
        if (profile != null) {
            // the single settings below win over it
            all.put(RelaySetting.PROFILE.key(), profile);
        }
        all.putAll(variantSettings);
        List<String> lines = new ArrayList<>();
        all.forEach((key, value) -> lines.add(key + ": " + value));
        Files.write(file, lines);
    }

    /// Settings that the relay runs with although the variant asks for others, as `key: asked for x, runs y`.
    /// A setting that the relay keeps quiet about is one of them; only a profile shows in nothing but what it
    /// stands for.
    public List<String> differencesTo(ReadyLine ready) {
        List<String> differences = new ArrayList<>();
        variantSettings.forEach((key, wanted) -> {
            boolean isEchoed =
                    RelaySetting.byKey(key).map(RelaySetting::isEchoed).orElse(false);
            String effective = ready.settings().get(key);
            if (effective != null && !effective.equals(wanted)) {
                differences.add("%s: asked for %s, runs %s".formatted(key, wanted, effective));
            } else if (effective == null && isEchoed) {
                differences.add("%s: asked for %s, and its READY line does not say".formatted(key, wanted));
            }
        });
        return differences;
    }
}
