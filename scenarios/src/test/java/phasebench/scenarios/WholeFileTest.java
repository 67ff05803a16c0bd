package phasebench.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Files that are wrong as a whole, and files that chance has broken: never anything but a complaint about the file.
@Timeout(60)
class WholeFileTest {
    private static final int SEED = 20261122;
    private static final int MUTANTS = 3000;

    @TempDir
    private Path folder;

    private static Arguments whole(String what, byte[] bytes, String expected) {
        return Arguments.of(what, bytes, expected);
    }

    private static Arguments whole(String what, String text, String expected) {
        return whole(what, text.getBytes(StandardCharsets.UTF_8), expected);
    }

    private static byte[] garbage() {
        byte[] bytes = new byte[4096];
        new Random(SEED).nextBytes(bytes);
        return bytes;
    }

    private static String bomb() {
        StringBuilder text = new StringBuilder("kind: scenario\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            String alias = "*a" + (i - 1);
            text.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", java.util.Collections.nCopies(9, alias))));
        }
        return text.toString();
    }

    private static Stream<Arguments> wholeFiles() {
        return Stream.of(
                whole("nothing", "", ": empty;"),
                whole("blanks", " \n\n", ": empty;"),
                whole("a comment", "# only this\n", ": empty;"),
                whole("no value", "~\n", ":1: holds a single value where keys are expected"),
                whole("a word", "scenario\n", ":1: holds a single value where keys are expected"),
                whole("a list", "- kind: scenario\n", ":1: holds a list where keys are expected"),
                whole("bytes of chance", garbage(), ": not UTF-8 text"),
                whole(
                        "a picture's beginning",
                        new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10},
                        ": not UTF-8 text"),
                whole("zero bytes", new byte[64], ": not valid YAML: "),
                whole("a control character", "kind: \u0007scenario\n", ": not valid YAML: "),
                whole("UTF-16", "kind: scenario\n".getBytes(StandardCharsets.UTF_16), ": not UTF-8 text"),
                whole(
                        "a tab for an indent",
                        "kind: scenario\nviewers:\n\tcount: 1\n",
                        ":3: not valid YAML: while scanning for the next token, found character"),
                whole("JSON that ends too early", "{\"kind\": \"scenario\", ", ": not valid YAML: "),
                whole("an open quote", "kind: \"scenario\n", ": not valid YAML: "),
                whole("keys at two depths", "kind: scenario\n  name: x\n", ": not valid YAML: "),
                whole("a mapping for a key", "? {a: b}\n: c\n", ": not valid YAML: "),
                whole("an unknown tag", "kind: !!java.net.URL [x]\n", "key 'kind': "),
                whole("an alias of nothing", "kind: *kind\n", ":1: key 'kind': aliases ('*name') are not supported"),
                whole("aliases of aliases", bomb(), ":3: key 'a1[0]': aliases ('*name') are not supported"),
                whole("a merge key", "base: &b {kind: scenario}\n<<: *b\n", ":2: key '<<': aliases"),
                whole("two documents", "kind: scenario\n---\nkind: scenario\n", "a second document begins here"),
                whole(
                        "a key that stands twice",
                        "kind: scenario\nkind: scenario\n",
                        ":2: key 'kind': stands here for the second time, first on line 1"),
                whole("depth without end", "kind: scenario\nx: " + "[".repeat(200_000), ": not valid YAML: "),
                whole("a key without end", "k".repeat(200_000) + ": 1\n", ""),
                whole("a value without end", "kind: " + "x".repeat(200_000) + "\n", ":1: key 'kind': value 'xxx"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wholeFiles")
    void aFileThatIsWrongAsAWholeIsNamed(String what, byte[] bytes, String expected) throws IOException {
        Path file = folder.resolve("whole.yaml");
        Files.write(file, bytes);
        for (Throwable failure : new Throwable[] {
            catchThrowable(() -> ScenarioFile.read(file)),
            catchThrowable(() -> ExperimentFile.read(file)),
            catchThrowable(() -> PhaseFile.read(file))
        }) {
            assertThat(failure)
                    .as(what)
                    .isInstanceOf(ScenarioFileException.class)
                    .hasMessageStartingWith(file + ":")
                    .hasMessageContaining(expected);
            assertThat(String.valueOf(failure.getMessage()).length()).isLessThan(20_000);
        }
    }

    @Test
    void aFolderAndAMissingFileAreNamed() {
        assertThat(catchThrowable(() -> ScenarioFile.read(folder)))
                .isInstanceOf(ScenarioFileException.class)
                .hasMessage(folder + ": cannot be read: is a directory");
        assertThat(catchThrowable(() -> ScenarioFile.read(folder.resolve("none.yaml"))))
                .isInstanceOf(ScenarioFileException.class)
                .hasMessage(folder.resolve("none.yaml") + ": no such file");
    }

    /// Seeded: bytes replaced, lines dropped, doubled, swapped and cut in shipped files.
    @Test
    void whatChanceBreaksIsReadOrComplainedAbout() throws IOException {
        Random random = new Random(SEED);
        String[] sources = {
            Files.readString(Path.of("plan-100.yaml")),
            Files.readString(Path.of("join-storm.yaml")),
            Files.readString(Path.of("lossy.yaml")),
            Files.readString(Path.of("pair-smoke.yaml"))
        };
        Path file = folder.resolve("mutant.yaml");
        int complaints = 0;
        for (int i = 0; i < MUTANTS; i++) {
            Files.writeString(file, mutant(sources[i % sources.length], random));
            Throwable failure = catchThrowable(() -> {
                if (FileKind.of(file).equals(java.util.Optional.of(FileKind.SCENARIO))) {
                    ScenarioFile.read(file);
                } else {
                    ExperimentFile.read(file);
                }
            });
            complaints += failure == null ? 0 : 1;
            int mutant = i;
            assertThatCode(() -> {
                        if (failure != null && !(failure instanceof ScenarioFileException)) {
                            throw failure;
                        }
                    })
                    .as(() -> "mutant " + mutant)
                    .doesNotThrowAnyException();
        }
        assertThat(complaints).isGreaterThan(MUTANTS / 2);
    }

    private static String mutant(String text, Random random) {
        StringBuilder mutant = new StringBuilder(text);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(mutant.length());
            switch (random.nextInt(6)) {
                case 0 -> mutant.setCharAt(at, (char) (32 + random.nextInt(95)));
                case 1 -> mutant.deleteCharAt(at);
                case 2 -> mutant.insert(at, "{[]}:,-&*!|>'\"%@`#?\n\t ~0".charAt(random.nextInt(24)));
                case 3 -> {
                    int end = mutant.indexOf("\n", at);
                    mutant.delete(at, end < 0 ? mutant.length() : end);
                }
                case 4 -> mutant.insert(at, mutant.substring(at, Math.min(mutant.length(), at + 40)));
                default ->
                    mutant.insert(
                            at,
                            new String[] {"-1", "1e99", ".nan", "null", "\u00e4", "99999999999"}[random.nextInt(6)]);
            }
        }
        return mutant.toString();
    }
}
