package phasebench.scenarios;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/// Reads one YAML file into nodes with lines; refuses duplicate keys, aliases and a second document.
final class YamlDocument {
    private static final YAMLFactory YAML = new YAMLFactory();
    private static final Pattern PLACE = Pattern.compile(" in .*?, line (\\d{1,9}), column \\d+");
    private static final int WORDS_LINES_MAX = 2;
    private static final int WORDS_MAX = 200;

    private final String file;
    private final Mistakes mistakes;
    private final JsonParser parser;

    private YamlDocument(String file, Mistakes mistakes, JsonParser parser) {
        this.file = file;
        this.mistakes = mistakes;
        this.parser = parser;
    }

    /// The top of the document, which is always a mapping. Throws where nothing can be read any further; keys
    /// that stand twice and aliases are added to `mistakes`.
    static YamlNode.Mapping read(Path path, Mistakes mistakes) throws ScenarioFileException {
        String file = path.toString();
        String text = readText(path, file);
        try (JsonParser parser = YAML.createParser(ObjectReadContext.empty(), text)) {
            return new YamlDocument(file, mistakes, parser).document();
        } catch (JacksonException e) {
            throw ScenarioFileException.ofFile(file, lineOf(e), "not valid YAML: " + problem(e.getOriginalMessage()));
        }
    }

    private static String readText(Path path, String file) throws ScenarioFileException {
        try {
            return Files.readString(path);
        } catch (NoSuchFileException e) {
            throw ScenarioFileException.ofFile(file, 0, "no such file");
        } catch (CharacterCodingException e) {
            throw ScenarioFileException.ofFile(file, 0, "not UTF-8 text");
        } catch (IOException e) {
            String reason = Files.isDirectory(path) ? "is a directory" : String.valueOf(e.getMessage());
            throw ScenarioFileException.ofFile(file, 0, "cannot be read: " + reason);
        }
    }

    private YamlNode.Mapping document() throws ScenarioFileException {
        JsonToken first = parser.nextToken();
        if (first == null || first == JsonToken.VALUE_NULL) {
            throw ScenarioFileException.ofFile(
                    file,
                    0,
                    "empty; a 'kind: scenario', 'kind: experiment', 'kind: phases' or 'kind: gate' is expected");
        }
        YamlNode top = node(first, "");
        if (parser.nextToken() != null) {
            throw ScenarioFileException.ofFile(file, line(), "a second document begins here; one file holds one");
        }
        if (top instanceof YamlNode.Mapping mapping) {
            return mapping;
        }
        throw ScenarioFileException.ofFile(file, top.line(), "holds " + top.kind() + " where keys are expected");
    }

    private YamlNode node(@Nullable JsonToken token, String path) throws ScenarioFileException {
        int line = line();
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            mistakes.add(ScenarioFileException.ofKey(file, line, path, "aliases ('*name') are not supported", ""));
            return new YamlNode.Nothing(line);
        }
        return switch (token) {
            case START_OBJECT -> mapping(line, path);
            case START_ARRAY -> items(line, path);
            case VALUE_NULL -> new YamlNode.Nothing(line);
            case null, default -> new YamlNode.Scalar(line, parser.getString());
        };
    }

    private YamlNode mapping(int line, String path) throws ScenarioFileException {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            int keyLine = line();
            String keyPath = path.isEmpty() ? key : path + "." + key;
            YamlNode value = node(parser.nextToken(), keyPath);
            YamlNode.Entry earlier = entries.putIfAbsent(key, new YamlNode.Entry(keyLine, value));
            if (earlier != null) {
                String problem = "stands here for the second time, first on line " + earlier.keyLine();
                mistakes.add(ScenarioFileException.ofKey(file, keyLine, keyPath, problem, ""));
            }
        }
        return new YamlNode.Mapping(line, entries);
    }

    private YamlNode items(int line, String path) throws ScenarioFileException {
        List<YamlNode> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(node(token, path + "[" + items.size() + "]"));
        }
        return new YamlNode.Items(line, items);
    }

    private int line() {
        return Math.max(0, parser.currentTokenLocation().getLineNr());
    }

    /// Where the problem itself lies: the library's message names the place of what it belongs to, then its own.
    private static int lineOf(JacksonException e) {
        int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
        Matcher place = PLACE.matcher(e.getOriginalMessage());
        while (place.find()) {
            line = Integer.parseInt(place.group(1));
        }
        return line;
    }

    /// What the library says in words, without its pictures of the text.
    private static String problem(String message) {
        String words = message.lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .map(line -> line.replaceAll("\\p{Cntrl}", " ").strip())
                .distinct()
                .limit(WORDS_LINES_MAX)
                .collect(Collectors.joining(", "));
        return words.isEmpty() ? "unreadable" : words.substring(0, Math.min(words.length(), WORDS_MAX));
    }
}
