package phasebench.scenarios;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A mapping of a file, read key by key with types and ranges; every complaint names file, line, key and value.
final class Section {
    /// Builds a record whose constructor has the last word on its values.
    interface Construction<T> {
        T construct() throws ScenarioFileException;
    }

    private final String file;
    private final String path;
    private final YamlNode.Mapping mapping;

    private Section(String file, String path, YamlNode.Mapping mapping) {
        this.file = file;
        this.path = path;
        this.mapping = mapping;
    }

    /// The section at `path` of the file, empty for its top; complains about keys that are not among `known`.
    static Section of(String file, String path, YamlNode.Mapping mapping, List<String> known)
            throws ScenarioFileException {
        Section section = new Section(file, path, mapping);
        for (Map.Entry<String, YamlNode.Entry> entry : mapping.entries().entrySet()) {
            String key = entry.getKey();
            if (!known.contains(key)) {
                String problem = "unknown key" + ScenarioFileException.didYouMean(key, known);
                throw ScenarioFileException.ofKey(
                        file, entry.getValue().keyLine(), section.pathOf(key), problem, String.join(", ", known));
            }
        }
        return section;
    }

    boolean has(String key) {
        return mapping.entries().containsKey(key);
    }

    String text(String key) throws ScenarioFileException {
        return scalar(key, "a text").text();
    }

    String text(String key, String fallback) throws ScenarioFileException {
        return has(key) ? text(key) : fallback;
    }

    /// A text that is one of `allowed`.
    String choice(String key, List<String> allowed) throws ScenarioFileException {
        String text = scalar(key, String.join(", ", allowed)).text();
        if (!allowed.contains(text)) {
            String problem = valueOf(text) + " is unknown" + ScenarioFileException.didYouMean(text, allowed);
            throw problem(key, problem, String.join(", ", allowed));
        }
        return text;
    }

    /// A text that matches `pattern`; `allowed` says the same in words.
    String matching(String key, String pattern, String allowed) throws ScenarioFileException {
        String text = scalar(key, allowed).text();
        if (!text.matches(pattern)) {
            throw problem(key, valueOf(text) + " is not a name", allowed);
        }
        return text;
    }

    boolean flag(String key, boolean fallback) throws ScenarioFileException {
        return has(key) ? choice(key, List.of("true", "false")).equals("true") : fallback;
    }

    long integer(String key, long min, long max) throws ScenarioFileException {
        String allowed = "a whole number from " + min + " to " + max;
        String text = scalar(key, allowed).text();
        try {
            long value = Long.parseLong(text);
            if (value < min || value > max) {
                throw problem(key, valueOf(text) + " is out of range", allowed);
            }
            return value;
        } catch (NumberFormatException _) {
            throw problem(key, valueOf(text) + " is not a whole number", allowed);
        }
    }

    int integer(String key, int min, int max, int fallback) throws ScenarioFileException {
        return has(key) ? (int) integer(key, min, max) : fallback;
    }

    /// A fraction from 0 to 1, written as `0.25` or `25%`.
    double share(String key, double fallback) throws ScenarioFileException {
        if (!has(key)) {
            return fallback;
        }
        String allowed = "a share from 0 to 1, such as 0.25 or 25%";
        String text = scalar(key, allowed).text();
        if (!text.matches("-?\\d+(\\.\\d+)?%?")) {
            throw problem(key, valueOf(text) + " is not a share", allowed);
        }
        double value = text.endsWith("%")
                ? Double.parseDouble(text.substring(0, text.length() - 1)) / 100
                : Double.parseDouble(text);
        if (value < 0 || value > 1) {
            throw problem(key, valueOf(text) + " is out of range", allowed);
        }
        return value;
    }

    Duration duration(String key, Duration min, Duration max) throws ScenarioFileException {
        String allowed =
                "a time from %s to %s with its unit: ms, s or m".formatted(Times.format(min), Times.format(max));
        String text = scalar(key, allowed).text();
        Times.Parsed parsed = Times.parse(text);
        if (parsed instanceof Times.Wrong wrong) {
            throw problem(key, valueOf(text) + " " + wrong.problem(), allowed);
        }
        Duration value = ((Times.Right) parsed).value();
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw problem(key, valueOf(text) + (value.isNegative() ? " is negative" : " is out of range"), allowed);
        }
        return value;
    }

    /// The mapping under `key`, whose own keys must be among `known`.
    Section section(String key, List<String> known) throws ScenarioFileException {
        String allowed = "the keys " + String.join(", ", known);
        YamlNode node = require(key, allowed);
        if (node instanceof YamlNode.Mapping child) {
            return of(file, pathOf(key), child, known);
        }
        throw problem(key, found(node) + " where a mapping is expected", allowed);
    }

    /// The mappings in the list under `key`, at least one; `what` names one of them.
    List<Section> sections(String key, String what, List<String> known) throws ScenarioFileException {
        List<Section> sections = new ArrayList<>();
        String allowed = "a list of at least one " + what + " with the keys " + String.join(", ", known);
        for (YamlNode item : items(key, allowed)) {
            String itemPath = pathOf(key) + "[" + sections.size() + "]";
            if (!(item instanceof YamlNode.Mapping child)) {
                throw ScenarioFileException.ofKey(file, item.line(), itemPath, found(item), "a " + what);
            }
            sections.add(of(file, itemPath, child, known));
        }
        if (sections.isEmpty()) {
            throw problem(key, "the list is empty", allowed);
        }
        return sections;
    }

    /// The texts in the list under `key`; none when the key is missing.
    List<String> texts(String key, String allowed) throws ScenarioFileException {
        if (!has(key)) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (YamlNode item : items(key, allowed)) {
            if (!(item instanceof YamlNode.Scalar scalar)) {
                String itemPath = pathOf(key) + "[" + texts.size() + "]";
                throw ScenarioFileException.ofKey(file, item.line(), itemPath, found(item), allowed);
            }
            texts.add(scalar.text());
        }
        return texts;
    }

    /// Every key with its text, in file order.
    Map<String, String> allTexts(String allowed) throws ScenarioFileException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String key : mapping.entries().keySet()) {
            texts.put(key, scalar(key, allowed).text());
        }
        return texts;
    }

    boolean isMapping(String key) {
        YamlNode.Entry entry = mapping.entries().get(key);
        return entry != null && entry.value() instanceof YamlNode.Mapping;
    }

    /// Turns what a record's constructor refuses into a complaint about this section.
    <T> T construct(Construction<T> construction) throws ScenarioFileException {
        try {
            return construction.construct();
        } catch (IllegalArgumentException e) {
            String key = path.isEmpty() ? "kind" : path;
            throw ScenarioFileException.ofKey(file, mapping.line(), key, String.valueOf(e.getMessage()), "");
        }
    }

    /// A complaint about one key of this section, on the line of its value.
    ScenarioFileException problem(String key, String problem, String allowed) {
        YamlNode.Entry entry = mapping.entries().get(key);
        int line = entry == null
                ? mapping.line()
                : entry.value() instanceof YamlNode.Scalar scalar ? scalar.line() : entry.keyLine();
        return ScenarioFileException.ofKey(file, line, pathOf(key), problem, allowed);
    }

    static String valueOf(String text) {
        return "value '" + text + "'";
    }

    private YamlNode require(String key, String allowed) throws ScenarioFileException {
        YamlNode.@Nullable Entry entry = mapping.entries().get(key);
        if (entry == null) {
            throw problem(key, "is missing", allowed);
        }
        if (entry.value() instanceof YamlNode.Nothing) {
            throw problem(key, "has no value", allowed);
        }
        return entry.value();
    }

    private YamlNode.Scalar scalar(String key, String allowed) throws ScenarioFileException {
        YamlNode node = require(key, allowed);
        if (node instanceof YamlNode.Scalar scalar) {
            return scalar;
        }
        throw problem(key, found(node) + " where a single value is expected", allowed);
    }

    private List<YamlNode> items(String key, String allowed) throws ScenarioFileException {
        YamlNode node = require(key, allowed);
        if (node instanceof YamlNode.Items list) {
            return list.items();
        }
        throw problem(key, found(node) + " where a list is expected", allowed);
    }

    private static String found(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar ? valueOf(scalar.text()) + " stands" : "there is " + node.kind();
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
