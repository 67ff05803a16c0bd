package phasebench.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The arrows of the design as code, read from every name in the class files: scenarios know no other part.
class PackageBoundariesTest {
    private static final Pattern PACKAGE = Pattern.compile("phasebench/[a-z]+(?=/)");

    @Test
    void scenariosKnowNoOtherPart() throws IOException {
        Set<String> packages = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("target/classes"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                for (PoolEntry entry : ClassFile.of().parse(file).constantPool()) {
                    if (entry instanceof Utf8Entry text) {
                        Matcher matcher = PACKAGE.matcher(text.stringValue());
                        while (matcher.find()) {
                            packages.add(matcher.group());
                        }
                    }
                }
            }
        }
        assertThat(packages).containsExactly("phasebench/scenarios");
    }
}
