package phasebench.scenarios;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A piece of a YAML document that remembers the line it stands on.
sealed interface YamlNode {
    int line();

    /// What a message calls it.
    String kind();

    /// Keys in file order; no key twice.
    record Mapping(int line, Map<String, Entry> entries) implements YamlNode {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /// A value under a key, with the key's own line.
    record Entry(int keyLine, YamlNode value) {}

    record Items(int line, List<YamlNode> items) implements YamlNode {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /// @param text as written, without quotes
    record Scalar(int line, String text) implements YamlNode {
        @Override
        public String kind() {
            return "a single value";
        }
    }

    /// A key without a value.
    record Nothing(int line) implements YamlNode {
        @Override
        public String kind() {
            return "empty";
        }
    }
}
