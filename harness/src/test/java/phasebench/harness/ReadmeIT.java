package phasebench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The command line knows every command and option that the documents tell their reader to type.
class ReadmeIT {
    private static final String LAUNCHER = "scripts/phasebench";

    private static Stream<String> commands() {
        return Documentation.DOCUMENTS.stream()
                .flatMap(Documentation::commands)
                .filter(command -> command.startsWith(LAUNCHER + " "))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandIsUnderstood(String command) throws IOException, InterruptedException {
        List<String> arguments =
                List.of(command.substring(LAUNCHER.length() + 1).split(" ", -1));
        List<String> asking = new ArrayList<>();
        if (!arguments.getFirst().startsWith("-")) {
            asking.add(arguments.getFirst());
        }
        asking.add("--help");
        String help = output(asking);
        assertThat(arguments)
                .filteredOn(argument -> argument.startsWith("--"))
                .allSatisfy(option -> assertThat(help).contains(option));
    }

    private static String output(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Dphasebench.home=" + Documentation.HOME,
                "-jar",
                Documentation.HOME
                        .resolve("harness/target/phasebench/phasebench.jar")
                        .toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
