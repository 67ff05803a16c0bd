package phasebench.harness.machine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExclusiveLockTest {
    @TempDir
    private Path folder;

    @Test
    void aSecondExperimentIsToldWhoHasTheMachine() throws Exception {
        Path file = folder.resolve("lock");
        try (ExclusiveLock _ = ExclusiveLock.take(file, "process 1, experiment first")) {
            assertThatThrownBy(() -> ExclusiveLock.take(file, "process 2"))
                    .isInstanceOf(ExclusiveLock.HeldException.class)
                    .hasMessage("another experiment runs on this machine: process 1, experiment first (lock %s)"
                            .formatted(file));
        }
        try (ExclusiveLock _ = ExclusiveLock.take(file, "p3")) {
            assertThatThrownBy(() -> ExclusiveLock.take(file, "process 4")).hasMessageContaining(": p3 (lock");
        }
    }
}
