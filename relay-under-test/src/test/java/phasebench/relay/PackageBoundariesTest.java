package phasebench.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The arrows of the design, as far as they concern this module: it depends on nothing of ours, and inside it the
/// codecs know nothing of what uses them.
class PackageBoundariesTest {
    private static final Path CLASSES = Path.of("target", "classes");
    private static final String ROOT = "phasebench/relay/";

    @Test
    void theRelayRefersToNothingElseOfOurs() throws IOException {
        assertThat(references(""))
                .isNotEmpty()
                .noneMatch(name -> name.matches("phasebench/(harness|reports|scenarios)/.*"));
    }

    @ParameterizedTest
    @CsvSource({
        "rtp, rtp",
        "ice, ice",
        "mdns, mdns|metrics",
        "metrics, metrics",
        "buffer, buffer",
        "srtp, srtp|rtp|buffer",
        "dtls, dtls|srtp"
    })
    void codecsStandAlone(String packageName, String allowed) throws IOException {
        assertThat(references(packageName)).noneMatch(name -> name.matches(ROOT + "(?!(" + allowed + ")/).*"));
    }

    @Test
    void theHotPathKnowsNoSignalling() throws IOException {
        for (var inner : Set.of("forward", "stream", "socket")) {
            assertThat(references(inner))
                    .as(inner)
                    .noneMatch(name -> name.matches(ROOT + "(whip|webrtc|rtsp|[A-Z]).*"));
        }
    }

    /// Internal names of all classes that the classes of a package refer to.
    private static Set<String> references(String packageName) throws IOException {
        var all = new TreeSet<String>();
        try (var files = Files.walk(CLASSES.resolve(ROOT + packageName))) {
            files.filter(file -> file.toString().endsWith(".class")).forEach(file -> all.addAll(references(file)));
        }
        return all;
    }

    private static Set<String> references(Path classFile) {
        var names = new TreeSet<String>();
        try {
            for (var entry : ClassFile.of().parse(classFile).constantPool()) {
                if (entry instanceof ClassEntry referred) {
                    names.add(referred.asInternalName());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }
}
