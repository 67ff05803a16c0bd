package phasebench.scenarios;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// A mapping of a file, read key by key with types and ranges. What is wrong goes to the file's [Mistakes]
/// with file, line, key and value, and reading goes on with a value that is legal and never used.
final class Section {
    /// Builds a record whose constructor has the last word on its values.
    interface Construction<T> {
        T construct();
    }

    private static final String PLACEHOLDER = "unreadable";
    private static final int VALUE_CHARACTERS_MAX = 80;

    private final String file;
    private final String path;
    private final YamlNode.Mapping mapping;
    private final Mistakes mistakes;
    private final boolean isAbsent;

    private Section(String file, String path, YamlNode.Mapping mapping, Mistakes mistakes, boolean isAbsent) {
        this.file = file;
        this.path = path;
        this.mapping = mapping;
        this.mistakes = mistakes;
        this.isAbsent = isAbsent;
    }

    /// The section at `path` of the file, empty for its top; complains about keys that are not among `known`.
    static Section of(String file, String path, YamlNode.Mapping mapping, List<String> known, Mistakes mistakes) {
        Section section = new Section(file, path, mapping, mistakes, false);
        for (Map.Entry<String, YamlNode.Entry> entry : mapping.entries().entrySet()) {
            String key = entry.getKey();
            if (!known.contains(key)) {
                String problem = "unknown key" + ScenarioFileException.didYouMean(key, known);
                mistakes.add(ScenarioFileException.ofKey(
                        file, entry.getValue().keyLine(), section.pathOf(key), problem, String.join(", ", known)));
            }
        }
        return section;
    }

    Mistakes mistakes() {
        return mistakes;
    }

    String file() {
        return file;
    }

    boolean has(String key) {
        return mapping.entries().containsKey(key);
    }

    String text(String key) {
        return scalar(key, "a text").map(YamlNode.Scalar::text).orElse(PLACEHOLDER);
    }

    String text(String key, String fallback) {
        return has(key) ? text(key) : fallback;
    }

    /// A text that is one of `allowed`.
    String choice(String key, List<String> allowed) {
        Optional<YamlNode.Scalar> scalar = scalar(key, String.join(", ", allowed));
        if (scalar.isPresent()) {
            String text = scalar.get().text();
            if (allowed.contains(text)) {
                return text;
            }
            String problem = valueOf(text) + " is unknown" + ScenarioFileException.didYouMean(text, allowed);
            problem(key, problem, String.join(", ", allowed));
        }
        return allowed.isEmpty() ? PLACEHOLDER : allowed.getFirst();
    }

    /// The one of `values` whose word stands under the key.
    <V> V choice(String key, List<V> values, Function<V, String> word) {
        List<String> words = values.stream().map(word).toList();
        return values.get(Math.max(0, words.indexOf(choice(key, words))));
    }

    /// A text that matches `pattern`; `allowed` says the same in words.
    String matching(String key, String pattern, String allowed) {
        Optional<YamlNode.Scalar> scalar = scalar(key, allowed);
        if (scalar.isPresent()) {
            String text = scalar.get().text();
            if (text.matches(pattern)) {
                return text;
            }
            problem(key, valueOf(text) + " is not a name", allowed);
        }
        return PLACEHOLDER;
    }

    boolean flag(String key, boolean fallback) {
        return has(key) ? choice(key, List.of("true", "false")).equals("true") : fallback;
    }

    long integer(String key, long min, long max) {
        String allowed = "a whole number from " + min + " to " + max;
        Optional<YamlNode.Scalar> scalar = scalar(key, allowed);
        if (scalar.isPresent()) {
            String text = scalar.get().text();
            try {
                long value = Long.parseLong(text);
                if (value >= min && value <= max) {
                    return value;
                }
                problem(key, valueOf(text) + " is out of range", allowed);
            } catch (NumberFormatException _) {
                problem(key, valueOf(text) + " is not a whole number", allowed);
            }
        }
        return min;
    }

    int integer(String key, int min, int max, int fallback) {
        return has(key) ? (int) integer(key, min, max) : fallback;
    }

    /// A fraction from 0 to 1, written as `0.25` or `25%`.
    double share(String key, double fallback) {
        String allowed = "a share from 0 to 1, such as 0.25 or 25%";
        Optional<YamlNode.Scalar> scalar = has(key) ? scalar(key, allowed) : Optional.empty();
        if (scalar.isEmpty()) {
            return fallback;
        }
        String text = scalar.get().text();
        if (!text.matches("-?\\d+(\\.\\d+)?%?")) {
            problem(key, valueOf(text) + " is not a share", allowed);
            return fallback;
        }
        double value = text.endsWith("%")
                ? Double.parseDouble(text.substring(0, text.length() - 1)) / 100
                : Double.parseDouble(text);
        if (value < 0 || value > 1) {
            problem(key, valueOf(text) + " is out of range", allowed);
            return fallback;
        }
        return value;
    }

    Duration duration(String key, Duration min, Duration max) {
        String allowed =
                "a time from %s to %s with its unit: ms, s or m".formatted(Times.format(min), Times.format(max));
        Optional<YamlNode.Scalar> scalar = scalar(key, allowed);
        if (scalar.isEmpty()) {
            return min;
        }
        String text = scalar.get().text();
        return switch (Times.parse(text)) {
            case Times.Wrong(String wrong) -> {
                problem(key, valueOf(text) + " " + wrong, allowed);
                yield min;
            }
            case Times.Right(Duration value) -> {
                if (value.compareTo(min) >= 0 && value.compareTo(max) <= 0) {
                    yield value;
                }
                problem(key, valueOf(text) + (value.isNegative() ? " is negative" : " is out of range"), allowed);
                yield min;
            }
        };
    }

    Duration duration(String key, Duration min, Duration max, Duration fallback) {
        return has(key) ? duration(key, min, max) : fallback;
    }

    /// A number that need not be whole.
    double number(String key, double min, double max) {
        String allowed = "a number from %s to %s, such as 2 or 2.5".formatted(plain(min), plain(max));
        Optional<YamlNode.Scalar> scalar = scalar(key, allowed);
        if (scalar.isPresent()) {
            String text = scalar.get().text();
            if (!text.matches("-?\\d{1,12}(\\.\\d{1,12})?")) {
                problem(key, valueOf(text) + " is not a number", allowed);
                return min;
            }
            double value = Double.parseDouble(text);
            if (value >= min && value <= max) {
                return value;
            }
            problem(key, valueOf(text) + " is out of range", allowed);
        }
        return min;
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /// Bits per second, written as `800kbit` or `2Mbit`.
    long bitrate(String key, long min, long max) {
        String allowed = "a bitrate from %s to %s with its unit: kbit or Mbit"
                .formatted(Bitrates.format(min), Bitrates.format(max));
        Optional<YamlNode.Scalar> scalar = scalar(key, allowed);
        if (scalar.isPresent()) {
            String text = scalar.get().text();
            OptionalLong value = Bitrates.parse(text);
            if (value.isPresent() && value.getAsLong() >= min && value.getAsLong() <= max) {
                return value.getAsLong();
            }
            problem(key, valueOf(text) + (value.isPresent() ? " is out of range" : " is not a bitrate"), allowed);
        }
        return min;
    }

    /// The mapping under `key`, whose own keys must be among `known`.
    Section section(String key, List<String> known) {
        String allowed = "the keys " + String.join(", ", known);
        YamlNode node = require(key, allowed).orElse(null);
        if (node instanceof YamlNode.Mapping child) {
            return of(file, pathOf(key), child, known, mistakes);
        }
        if (node != null) {
            problem(key, found(node) + " where a mapping is expected", allowed);
        }
        return new Section(file, pathOf(key), new YamlNode.Mapping(0, Map.of()), mistakes, true);
    }

    /// The mappings in the list under `key`, at least one; `what` names one of them.
    List<Section> sections(String key, String what, List<String> known) {
        String allowed = "a list of at least one " + what + " with the keys " + String.join(", ", known);
        Optional<List<YamlNode>> items = items(key, allowed);
        if (items.isPresent() && items.get().isEmpty()) {
            problem(key, "the list is empty", allowed);
        }
        List<Section> sections = new ArrayList<>();
        int index = 0;
        for (YamlNode item : items.orElse(List.of())) {
            String itemPath = pathOf(key) + "[" + index++ + "]";
            if (item instanceof YamlNode.Mapping child) {
                sections.add(of(file, itemPath, child, known, mistakes));
            } else {
                mistakes.add(ScenarioFileException.ofKey(file, item.line(), itemPath, found(item), withArticle(what)));
            }
        }
        return sections;
    }

    private static String withArticle(String noun) {
        return ("aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
    }

    /// The texts in the list under `key`; none when the key is missing.
    List<String> texts(String key, String allowed) {
        List<String> texts = new ArrayList<>();
        int index = 0;
        Optional<List<YamlNode>> items = has(key) ? items(key, allowed) : Optional.empty();
        for (YamlNode item : items.orElse(List.of())) {
            String itemPath = pathOf(key) + "[" + index++ + "]";
            if (item instanceof YamlNode.Scalar scalar) {
                texts.add(scalar.text());
            } else {
                mistakes.add(ScenarioFileException.ofKey(file, item.line(), itemPath, found(item), allowed));
            }
        }
        return texts;
    }

    /// Every key with its text, in file order.
    Map<String, String> allTexts(String allowed) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String key : mapping.entries().keySet()) {
            scalar(key, allowed).ifPresent(scalar -> texts.put(key, scalar.text()));
        }
        return texts;
    }

    boolean isMapping(String key) {
        YamlNode.Entry entry = mapping.entries().get(key);
        return entry != null && entry.value() instanceof YamlNode.Mapping;
    }

    /// Turns what a record's constructor refuses into a complaint about this section; throws with all
    /// complaints of the file, since there is no value to go on with.
    <T> T construct(Construction<T> construction) throws ScenarioFileException {
        try {
            return construction.construct();
        } catch (IllegalArgumentException e) {
            if (mistakes.count() == 0) {
                String key = path.isEmpty() ? "kind" : path;
                mistakes.add(
                        ScenarioFileException.ofKey(file, mapping.line(), key, String.valueOf(e.getMessage()), ""));
            }
            throw mistakes.asException();
        }
    }

    /// Complains about one key of this section, on the line of its value.
    void problem(String key, String problem, String allowed) {
        if (isAbsent) {
            return; // that the whole section is missing has been said
        }
        YamlNode.Entry entry = mapping.entries().get(key);
        int line = entry == null
                ? mapping.line()
                : entry.value() instanceof YamlNode.Scalar scalar ? scalar.line() : entry.keyLine();
        mistakes.add(ScenarioFileException.ofKey(file, line, pathOf(key), problem, allowed));
    }

    /// Complains about this section as a whole.
    void problemHere(String problem, String allowed) {
        mistakes.add(ScenarioFileException.ofKey(file, mapping.line(), path, problem, allowed));
    }

    /// A value as messages show it: on one line, and no longer than anyone reads.
    static String valueOf(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        String shown = line.length() > VALUE_CHARACTERS_MAX ? line.substring(0, VALUE_CHARACTERS_MAX) + "..." : line;
        return "value '" + shown + "'";
    }

    private Optional<YamlNode> require(String key, String allowed) {
        YamlNode.Entry entry = mapping.entries().get(key);
        if (entry == null) {
            problem(key, "is missing", allowed);
            return Optional.empty();
        }
        if (entry.value() instanceof YamlNode.Nothing) {
            problem(key, "has no value", allowed);
            return Optional.empty();
        }
        return Optional.of(entry.value());
    }

    private Optional<YamlNode.Scalar> scalar(String key, String allowed) {
        YamlNode node = require(key, allowed).orElse(null);
        if (node instanceof YamlNode.Scalar scalar) {
            return Optional.of(scalar);
        }
        if (node != null) {
            problem(key, found(node) + " where a single value is expected", allowed);
        }
        return Optional.empty();
    }

    private Optional<List<YamlNode>> items(String key, String allowed) {
        YamlNode node = require(key, allowed).orElse(null);
        if (node instanceof YamlNode.Items list) {
            return Optional.of(list.items());
        }
        if (node != null) {
            problem(key, found(node) + " where a list is expected", allowed);
        }
        return Optional.empty();
    }

    private static String found(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar ? valueOf(scalar.text()) + " stands" : "there is " + node.kind();
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
