package phasebench.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phasebench.relay.srtp.SrtpProvider;

/// The relay as a program, where libcrypto is and where it is not: READY tells the truth.
class SrtpProviderIT {
    @TempDir
    private Path directory;

    @Test
    void theLibraryInUseStandsInTheReadyLine() throws Exception {
        assumeThat(SrtpProvider.OPENSSL.missing()).isNull();
        var run = run(List.of("--enable-native-access=ALL-UNNAMED"));
        assertThat(run.ready).contains(" srtpProvider=openssl ").matches(".* libcrypto=3\\.\\S+");
        assertThat(run.errors).doesNotContain("srtpProvider");
        assertThat(run.counters).contains("relay_srtp_provider_fallbacks_total 0\n");
    }

    @Test
    void withoutTheLibraryTheRelaySaysSoAndUsesTheJdk() throws Exception {
        var run = run(List.of("--enable-native-access=ALL-UNNAMED", "-Dphasebench.libcrypto=libnone.so.3"));
        assertThat(run.ready).contains(" srtpProvider=jce ").doesNotContain("libcrypto");
        assertThat(run.errors).contains("srtpProvider: openssl cannot be used here, jce takes over: libnone.so.3");
        assertThat(run.counters).contains("relay_srtp_provider_fallbacks_total 1\n");
    }

    @Test
    void withoutNativeAccessTheRelaySaysSoAndUsesTheJdk() throws Exception {
        var run = run(List.of("--illegal-native-access=deny"));
        assertThat(run.ready).contains(" srtpProvider=jce ");
        assertThat(run.errors).contains("srtpProvider: openssl cannot be used here", "native access");
    }

    private record Run(String ready, String errors, String counters) {}

    /// Starts a relay and stops it when it is ready.
    private Run run(List<String> jvmFlags) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RelayMain.class.getName()));
        for (var setting : List.of(
                "rtspAddress=127.0.0.1:0",
                "httpAddress=127.0.0.1:0",
                "webrtcAddress=127.0.0.1:0",
                "countersFile=counters.prom",
                "srtpProvider=openssl")) {
            command.addAll(List.of("--set", setting));
        }
        var errors = directory.resolve("errors.txt");
        var relay = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(errors.toFile())
                .start();
        try (var out = relay.inputReader(StandardCharsets.UTF_8)) {
            var ready = String.valueOf(out.readLine());
            relay.toHandle().destroy();
            assertThat(relay.waitFor(20, TimeUnit.SECONDS)).isTrue();
            return new Run(ready, Files.readString(errors), Files.readString(directory.resolve("counters.prom")));
        } finally {
            relay.destroyForcibly();
        }
    }
}
