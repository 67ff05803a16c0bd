package phasebench.harness.endtoend;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// What a test with real clients needs around it; where that is missing, the test is skipped by name, or fails in CI.
final class Enclosure {
    static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    static final Path CHROMEDRIVER = Path.of("/usr/bin/chromedriver");
    static final Path FFMPEG = Path.of("/usr/bin/ffmpeg");
    static final Path NFT = Path.of("/usr/sbin/nft");

    private Enclosure() {}

    /// Goes on only inside scripts/enclosure and with all the programs there.
    static void require(Path... programs) {
        List<Path> missing = Arrays.stream(programs)
                .filter(program -> !Files.isExecutable(program))
                .toList();
        if (!missing.isEmpty()) {
            skip("missing " + missing + " (scripts/install-test-tools installs them on Debian)");
        }
        if (System.getenv("PHASEBENCH_ENCLOSURE") == null) {
            skip("not inside scripts/enclosure");
        }
    }

    /// Whether the long versions of the tests were asked for (scripts/test --acceptance).
    static boolean isAcceptance() {
        return Boolean.parseBoolean(System.getenv("PHASEBENCH_ACCEPTANCE"));
    }

    private static void skip(String reason) {
        if (Boolean.parseBoolean(System.getenv("CI"))) {
            Assertions.fail(reason);
        }
        Assumptions.abort(reason);
    }
}
