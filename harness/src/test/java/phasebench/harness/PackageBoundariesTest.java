package phasebench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The arrows of the design: the harness knows reports and scenarios, and nothing of the relay but its processes.
class PackageBoundariesTest {
    private static final String RELAY = "phasebench/relay/";

    @Test
    void nothingRefersToTheRelay() throws IOException {
        Path classes = Path.of("target/classes");
        List<String> leaks = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes)) {
            files.filter(file -> file.toString().endsWith(".class"))
                    .forEach(file -> references(file).stream()
                            .filter(reference -> reference.contains(RELAY))
                            .forEach(reference -> leaks.add(classes.relativize(file) + " -> " + reference)));
        }
        assertThat(leaks).isEmpty();
    }

    /// Classes by name, and descriptors, in which a type may hide that has no entry of its own.
    private static List<String> references(Path file) {
        List<String> references = new ArrayList<>();
        try {
            for (PoolEntry entry : ClassFile.of().parse(file).constantPool()) {
                if (entry instanceof ClassEntry type) {
                    references.add(type.asInternalName());
                } else if (entry instanceof Utf8Entry text && text.stringValue().startsWith("(")) {
                    references.add(text.stringValue());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return references;
    }
}
