package phasebench.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;

/// Reads `relay.yaml`: one flat mapping of keys to values.
final class ConfigFile {
    private ConfigFile() {}

    /// @throws UsageException if the file cannot be read or is not a flat mapping
    static List<ConfigReader.Entry> read(Path file) throws UsageException {
        try (var parser = new YAMLFactory().createParser(ObjectReadContext.empty(), Files.readString(file))) {
            return entries(file, parser);
        } catch (JacksonException e) {
            var line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new UsageException("%s:%d: not valid YAML: %s".formatted(file, line, e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UsageException("%s: cannot be read: %s".formatted(file, e));
        }
    }

    private static List<ConfigReader.Entry> entries(Path file, JsonParser parser) throws UsageException {
        var entries = new ArrayList<ConfigReader.Entry>();
        var first = parser.nextToken();
        if (first == null) {
            return entries;
        }
        if (first != JsonToken.START_OBJECT) {
            throw new UsageException("%s:1: expected lines of 'key: value'".formatted(file));
        }
        var seen = new HashSet<String>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var where = file + ":" + parser.currentTokenLocation().getLineNr();
            var key = parser.currentName();
            if (!parser.nextToken().isScalarValue()) {
                throw new UsageException("%s: key '%s': expected one value".formatted(where, key));
            }
            if (!seen.add(key)) {
                throw new UsageException("%s: key '%s': written twice".formatted(where, key));
            }
            entries.add(new ConfigReader.Entry(where, key, parser.getString()));
        }
        return entries;
    }
}
