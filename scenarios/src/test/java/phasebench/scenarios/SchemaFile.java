package phasebench.scenarios;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The schema that editors use, and files as they see them: scalars typed by YAML 1.2, where `off` is a word.
final class SchemaFile {
    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonNode TREE = tree();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(TREE);

    private SchemaFile() {}

    private static JsonNode tree() {
        try {
            return JSON.readTree(Files.readString(Path.of("schema/phasebench.schema.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the schema finds wrong with a YAML file.
    static List<String> complaints(Path file) throws ScenarioFileException {
        return SCHEMA.validate(json(YamlDocument.read(file, new Mistakes()))).stream()
                .map(Error::toString)
                .toList();
    }

    /// The keys that the schema knows at a place, such as `/$defs/viewers`; sorted.
    static SortedSet<String> keys(String pointer) {
        return new TreeSet<>(TREE.at(pointer + "/properties").propertyNames());
    }

    private static JsonNode json(YamlNode node) {
        return switch (node) {
            case YamlNode.Mapping(int _, var entries) -> {
                ObjectNode object = NODES.objectNode();
                entries.forEach((key, entry) -> object.set(key, json(entry.value())));
                yield object;
            }
            case YamlNode.Items(int _, var items) -> {
                ArrayNode array = NODES.arrayNode();
                items.forEach(item -> array.add(json(item)));
                yield array;
            }
            case YamlNode.Scalar(int _, String text) -> scalar(text);
            case YamlNode.Nothing _ -> NODES.nullNode();
        };
    }

    private static JsonNode scalar(String text) {
        if (text.matches("true|false")) {
            return NODES.booleanNode(text.equals("true"));
        }
        if (text.matches("[-+]?\\d+")) {
            return NODES.numberNode(new BigInteger(text));
        }
        if (text.matches("[-+]?\\d+\\.\\d+")) {
            return NODES.numberNode(new BigDecimal(text));
        }
        return NODES.stringNode(text);
    }
}
