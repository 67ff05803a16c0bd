package phasebench.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The arrows of the design as code, read from the class files: class references and descriptors.
class PackageBoundariesTest {
    @ParameterizedTest
    @CsvSource({
        "phasebench/reports, phasebench/harness",
        "phasebench/reports, phasebench/relay",
        "phasebench/reports/rundir, phasebench/reports/evidence",
        "phasebench/reports/rundir, phasebench/reports/stats",
        "phasebench/reports/stats, phasebench/reports/rundir",
        "phasebench/reports/stats, phasebench/reports/evidence",
        "phasebench/reports/stats, java/nio/file",
        "phasebench/reports/evidence, phasebench/reports/comparison",
        "phasebench/reports/stats, phasebench/reports/verdict",
        "phasebench/reports/verdict, phasebench/reports/comparison",
        "phasebench/reports/verdict, phasebench/reports/rundir",
        "phasebench/reports/verdict, java/nio/file",
        "phasebench/reports/comparison, phasebench/reports/text",
        "phasebench/reports/comparison, phasebench/reports/html",
        "phasebench/reports/text, phasebench/reports/html"
    })
    void noArrowGoesBack(String from, String to) throws IOException {
        assertThat(references(Path.of("target/classes", from))).noneMatch(name -> name.contains(to + "/"));
    }

    @Test
    void theTestSeesWhatItLooksFor() throws IOException {
        assertThat(references(Path.of("target/classes/phasebench/reports/text")))
                .anyMatch(name -> name.contains("phasebench/reports/stats/"));
    }

    private static List<String> references(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                for (PoolEntry entry : ClassFile.of().parse(file).constantPool()) {
                    if (entry instanceof ClassEntry type) {
                        names.add(type.asInternalName());
                    } else if (entry instanceof Utf8Entry text
                            && text.stringValue().contains("Lphasebench/")) {
                        names.add(text.stringValue());
                    }
                }
            }
        }
        return names;
    }
}
