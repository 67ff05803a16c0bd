package phasebench.harness.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

class RelayProcessTest {
    private static final Duration STOP = Duration.ofSeconds(2);

    /// What a process leaves in its pipe is read after its death, or else a message would come without its cause.
    @RepeatedTest(10)
    void theLastWordsOfARelayThatHasJustDiedAreComplete(@TempDir Path folder) throws Exception {
        List<String> command = List.of("sh", "-c", "seq 1 20000 >&2; echo port in use >&2; exit 4");
        try (RelayProcess relay = RelayProcess.start(command, folder, STOP)) {
            assertThatThrownBy(() -> relay.awaitReady(Duration.ofSeconds(20)))
                    .isInstanceOf(RelayException.class)
                    .hasMessageStartingWith(
                            "the relay ended before it was ready: exit code 4; its log ends with:\n19990\n")
                    .hasMessageEndingWith("\n20000\nport in use");
        }
    }
}
