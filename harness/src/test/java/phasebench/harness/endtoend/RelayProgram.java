package phasebench.harness.endtoend;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;

/// The relay started from its jar on free ports of 127.0.0.1, as a user starts it; ended by its handle.
final class RelayProgram implements AutoCloseable {
    /// A run long enough for the relay's JVM to start and to warm its crypto on a busy machine.
    private static final Duration READY_PATIENCE = Duration.ofSeconds(40);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
    private static final Pattern READY_FIELD = Pattern.compile("(\\w+)=(\\S+)");

    private final Process process;
    private final Path log;
    private final Map<String, String> ready;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private RelayProgram(Process process, Path log, Map<String, String> ready) {
        this.process = process;
        this.log = log;
        this.ready = ready;
    }

    /// Returns when the relay has printed its READY line.
    ///
    /// @param folder takes the relay's configuration, log and counters
    /// @param settings relay settings that differ from their defaults
    static RelayProgram start(Path folder, Map<String, String> settings) throws IOException, InterruptedException {
        Path configuration =
                Files.writeString(folder.resolve("relay.yaml"), """
                rtspAddress: 127.0.0.1:0
                httpAddress: 127.0.0.1:0
                webrtcAddress: 127.0.0.1:0
                countersFile: %s
                """.formatted(folder.resolve("counters.prom")));
        List<String> command = new ArrayList<>(List.of(
                JAVA_HOME.resolve("bin/java").toString(),
                "-Xms256m",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-jar",
                System.getProperty("phasebench.relay.jar"),
                "--config",
                configuration.toString()));
        settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
        Path log = folder.resolve("relay.log");
        Path stdout = folder.resolve("relay.out");
        Process process = new ProcessBuilder(command)
                .redirectOutput(stdout.toFile())
                .redirectError(log.toFile())
                .start();
        try {
            Eventually.holds("the relay prints READY", READY_PATIENCE, () -> isReady(process, stdout, log));
        } catch (AssertionError | InterruptedException e) {
            process.destroyForcibly();
            throw e;
        }
        return new RelayProgram(process, log, readyFields(Files.readString(stdout)));
    }

    InetSocketAddress address(String port) {
        String[] hostAndPort = String.valueOf(ready.get(port)).split(":", 2);
        return new InetSocketAddress(hostAndPort[0], Integer.parseInt(hostAndPort[1]));
    }

    URI rtsp(String stream) {
        return URI.create("rtsp://" + ready.get("rtsp") + "/" + stream);
    }

    URI http(String path) {
        return URI.create("http://" + ready.get("http") + path);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// A metric as `/metrics` has it now, summed over its labels where none are given; zero if it is not there.
    double metric(String name) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(http("/metrics"))
                .timeout(Duration.ofSeconds(5))
                .build();
        String text = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return text.lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /// Returns when a publisher's packets arrive.
    void awaitMedia() throws InterruptedException {
        Eventually.holds("media reaches the relay", () -> metric("relay_rtp_packets_in_total") > 50);
    }

    /// Bytes of the heap that are live after a full collection.
    long heapBytesLive() throws IOException, InterruptedException {
        jcmd("GC.run");
        String histogram = jcmd("GC.class_histogram");
        String total = histogram
                .lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(total.trim().split("\\s+", -1)[2]);
    }

    /// Lines of the log that belong to an exception.
    List<String> exceptionsLogged() throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(
                            line -> line.contains("Exception") || line.contains("Error:") || line.startsWith("\tat "))
                    .toList();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(STOP_PATIENCE)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        Assertions.fail("the relay did not stop within " + STOP_PATIENCE + " of SIGTERM");
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(JAVA_HOME.resolve("bin/jcmd").toString(), Long.toString(pid()), command)
                .redirectErrorStream(true)
                .start();
        String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcmd.waitFor();
        return output;
    }

    private static boolean isReady(Process process, Path stdout, Path log) throws IOException {
        if (!process.isAlive()) {
            Assertions.fail("the relay ended with exit code " + process.exitValue() + ": " + Files.readString(log));
        }
        String printed = Files.readString(stdout);
        return printed.startsWith("READY ") && printed.endsWith("\n");
    }

    private static Map<String, String> readyFields(String line) {
        return READY_FIELD
                .matcher(line)
                .results()
                .collect(Collectors.toMap(field -> field.group(1), field -> field.group(2)));
    }
}
