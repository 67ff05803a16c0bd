package phasebench.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The relay as a program: what it prints, writes and exits with.
class RelayProcessIT {
    @TempDir
    private Path directory;

    @Test
    void itPrintsOneReadyLineAndWritesItsCountersWhenToldToStop() throws Exception {
        var config = directory.resolve("relay.yaml");
        Files.writeString(config, """
                rtspAddress: 127.0.0.1:0
                httpAddress: 127.0.0.1:0
                webrtcAddress: 127.0.0.1:0
                countersFile: %s
                srtp: aes-gcm   # checked below
                """.formatted(directory.resolve("counters.prom")));
        var relay = start("--config", config.toString(), "--set", "rtcpInterval=3s", "--set", "send=batch");
        try (var out = relay.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine())
                    .matches(
                            "READY rtsp=127\\.0\\.0\\.1:\\d+ http=127\\.0\\.0\\.1:\\d+ webrtc=127\\.0\\.0\\.1:\\d+ pid="
                                    + relay.pid() + " nack=off .* rtcpInterval=3s srtp=aes-gcm .* send=batch");
            relay.toHandle().destroy();
            assertThat(relay.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(out.readLine()).as("only one line").isNull();
        } finally {
            relay.destroyForcibly();
        }
        assertThat(relay.exitValue()).isEqualTo(143);
        assertThat(Files.readString(directory.resolve("counters.prom")))
                .contains("relay_sessions 0\n", "relay_sockets 0\n", "relay_send_fallbacks_total 0\n")
                .endsWith("# EOF\n");
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            var address = "127.0.0.1:" + taken.getLocalPort();
            assertThat(run(
                            4,
                            "--set",
                            "rtspAddress=" + address,
                            "--set",
                            "httpAddress=127.0.0.1:0",
                            "--set",
                            "webrtcAddress=127.0.0.1:0"))
                    .contains("rtspAddress " + address);
        }
    }

    @Test
    void aWrongConfigurationIsNamedByFileAndLine() throws Exception {
        var config = directory.resolve("relay.yaml");
        Files.writeString(config, "send: single\nrtcpInterval: 1 s\n");
        assertThat(run(64, "--config", config.toString()))
                .contains(config + ":2: key 'rtcpInterval': value '1 s'", "allowed: 1s to 60s");
        assertThat(run(64, "--set", "sendd=batch")).contains("--set: key 'sendd': unknown; allowed: rtspAddress");
        assertThat(run(64, "--config")).contains("--config: needs a value");
    }

    @Test
    void plantsNeedTheirOwnWordOnTheCommandLineAndShowWhenTheRelayIsReady() throws Exception {
        assertThat(run(64, "--plant", "cpu=3%"))
                .contains("--plant cpu=3%: makes the relay worse on purpose, and needs --allow-plants beside it");
        assertThat(run(64, "--allow-plants", "--plant", "cpu=3"))
                .contains("--plant cpu=3: value '3' cannot be planted; allowed: a share");
        var config = directory.resolve("relay.yaml");
        Files.writeString(config, "plant: cpu=3%\n");
        assertThat(run(64, "--allow-plants", "--config", config.toString())).contains("relay.yaml:1: key 'plant'");
        var relay = start(
                "--set",
                "rtspAddress=127.0.0.1:0",
                "--set",
                "httpAddress=127.0.0.1:0",
                "--set",
                "webrtcAddress=127.0.0.1:0",
                "--plant",
                "threads=5",
                "--plant",
                "cpu=3%",
                "--allow-plants");
        try (var out = relay.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).startsWith("READY ").endsWith(" plant.cpu=3% plant.threads=5");
        } finally {
            relay.destroyForcibly();
        }
    }

    /// Runs to the end and returns standard error.
    private String run(int exitCode, String... arguments) throws IOException, InterruptedException {
        var relay = start(arguments);
        try {
            var error = readAll(relay.errorReader(StandardCharsets.UTF_8));
            assertThat(relay.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(relay.exitValue()).as(error).isEqualTo(exitCode);
            return error;
        } finally {
            relay.destroyForcibly();
        }
    }

    private static String readAll(BufferedReader reader) throws IOException {
        var text = new StringBuilder();
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            text.append(line).append('\n');
        }
        return text.toString();
    }

    private Process start(String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path")));
        command.add(RelayMain.class.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).directory(directory.toFile()).start();
    }
}
