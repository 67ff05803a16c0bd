package phasebench.relay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import phasebench.relay.plant.Plants;

/// What the command line says.
///
/// @param entries those of the file, then those of `--set`, which win
/// @param plants only the command line can ask for them: no file makes a relay worse by accident
record RelayArguments(List<ConfigReader.Entry> entries, Plants plants) {
    static final String USAGE = """
            usage: relay [--config FILE] [--set KEY=VALUE]... [--plant KIND=AMOUNT --allow-plants]...
              --config FILE      YAML, one 'key: value' a line; every key has a default
              --set KEY=VALUE    wins over the file
              --plant KIND=AMOUNT --allow-plants
                                 makes the relay worse on purpose, to test what measures it:
                                 cpu=3%, alloc=200B, threads=5, latency=2ms, walk=0.1MB, hoard=1.75MB
            """;

    private static final String ALLOW_PLANTS = "--allow-plants";

    static RelayArguments parse(List<String> arguments) throws UsageException {
        var fromFile = new ArrayList<ConfigReader.Entry>();
        var set = new ArrayList<ConfigReader.Entry>();
        var plants = new ArrayList<String>();
        var left = arguments.iterator();
        while (left.hasNext()) {
            var option = left.next();
            if (option.equals(ALLOW_PLANTS)) {
                continue;
            }
            if (!left.hasNext()) {
                throw new UsageException("%s: needs a value%n%s".formatted(option, USAGE));
            }
            var value = left.next();
            switch (option) {
                case "--config" -> fromFile.addAll(ConfigFile.read(Path.of(value)));
                case "--set" -> set.add(entry(value));
                case "--plant" -> plants.add(value);
                default -> throw new UsageException("%s: unknown option%n%s".formatted(option, USAGE));
            }
        }
        fromFile.addAll(set);
        return new RelayArguments(List.copyOf(fromFile), plants(plants, arguments.contains(ALLOW_PLANTS)));
    }

    private static Plants plants(List<String> options, boolean isAllowed) throws UsageException {
        if (!options.isEmpty() && !isAllowed) {
            throw new UsageException("--plant %s: makes the relay worse on purpose, and needs %s beside it"
                    .formatted(options.getFirst(), ALLOW_PLANTS));
        }
        try {
            return Plants.parse(options);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static ConfigReader.Entry entry(String assignment) throws UsageException {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw new UsageException("--set %s: expected KEY=VALUE".formatted(assignment));
        }
        return new ConfigReader.Entry("--set", assignment.substring(0, equals), assignment.substring(equals + 1));
    }
}
