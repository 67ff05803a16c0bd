package phasebench.harness.floor;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import phasebench.reports.rundir.JsonFile;

/// The process that measures a floor, pinned to the relay's core: one JSON document on its standard output.
///
/// `floor PROTECTOR-ROUNDS ROUNDS` gives a `FloorEvidence`, `intrinsics WARM-UP-MS ROUNDS` the times of the JDK's
/// ciphers.
public final class FloorMain {
    static final String FLOOR = "floor";
    static final String INTRINSICS = "intrinsics";

    private FloorMain() {}

    public static void main(String[] args) throws IOException, GeneralSecurityException {
        Object document = measure(args[0], Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        new PrintStream(System.out, true, StandardCharsets.UTF_8).print(JsonFile.text(document));
    }

    private static Object measure(String what, int warmUp, int rounds) throws IOException, GeneralSecurityException {
        return switch (what) {
            case FLOOR -> {
                FloorBench.Limits limits = FloorBench.Limits.DEFAULT.ofRounds(warmUp, rounds);
                try (FloorBench bench = new FloorBench(limits)) {
                    yield bench.measure();
                }
            }
            case INTRINSICS ->
                new IntrinsicsBench(new IntrinsicsBench.Effort(Duration.ofMillis(warmUp), rounds)).measure();
            default -> throw new IllegalArgumentException("neither floor nor intrinsics: " + what);
        };
    }
}
