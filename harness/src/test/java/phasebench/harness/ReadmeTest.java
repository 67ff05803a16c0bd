package phasebench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the documents point at is there.
class ReadmeTest {
    private static List<String> documents() {
        return Documentation.DOCUMENTS;
    }

    private static Stream<String> programs() {
        return documents().stream()
                .flatMap(Documentation::commands)
                .map(command -> command.split(" ", 2)[0])
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsToAFile(String document) {
        assertThat(Documentation.links(document))
                .allSatisfy(link -> assertThat(Documentation.HOME.resolve(link)).exists());
    }

    @ParameterizedTest
    @MethodSource("programs")
    void everyScriptCanBeRun(String program) {
        assertThat(Documentation.HOME.resolve(program)).isExecutable();
    }
}
