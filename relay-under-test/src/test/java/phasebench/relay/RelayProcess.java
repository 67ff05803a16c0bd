package phasebench.relay;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A relay in a JVM of its own, on free ports of 127.0.0.1, whose heap nobody else fills.
final class RelayProcess implements AutoCloseable {
    private static final Pattern READY =
            Pattern.compile("READY rtsp=127\\.0\\.0\\.1:(\\d+) http=127\\.0\\.0\\.1:(\\d+) .*");
    private static final Pattern HISTOGRAM_LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");

    private static final Pattern THREAD_LINE = Pattern.compile("#\\d+ \"(.*)\".*");
    private static final Pattern OF_JVM = Pattern.compile(
            "Reference Handler|Finalizer|Signal Dispatcher|Service Thread|Monitor Deflation Thread"
                    + "|Notification Thread|Common-Cleaner|Attach Listener|DestroyJavaVM|VirtualThread-unblocker|C[12] .*");

    private final Process process;
    private final InetSocketAddress rtsp;
    private final URI http;

    /// How many objects of a class there are, and their bytes.
    record Population(long objects, long bytes) {}

    RelayProcess(Map<String, String> settings) throws IOException {
        var command = new ArrayList<>(List.of(tool("java"), "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RelayMain.class.getName()));
        for (var address : List.of("rtspAddress", "httpAddress", "webrtcAddress")) {
            command.addAll(List.of("--set", address + "=127.0.0.1:0"));
        }
        settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var line = process.inputReader(StandardCharsets.UTF_8).readLine();
        var ready = READY.matcher(String.valueOf(line));
        if (!ready.matches()) {
            process.destroyForcibly();
            throw new IllegalStateException("not ready: " + line);
        }
        rtsp = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(ready.group(1)));
        http = URI.create("http://127.0.0.1:" + ready.group(2));
    }

    InetSocketAddress rtsp() {
        return rtsp;
    }

    URI whep(String stream) {
        return http.resolve("/" + stream + "/whep");
    }

    /// A value by its line in the relay's /metrics.
    long metric(String name) {
        var text = TestViewer.send(
                        HttpRequest.newBuilder(http.resolve("/metrics")).build())
                .body();
        return text.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no metric " + name));
    }

    /// What lives after a full collection, by class.
    Map<String, Population> histogram() throws IOException, InterruptedException {
        // reference processing and cleaners may need one collection to let go of what the next one frees
        jcmd("GC.run");
        jcmd("GC.run");
        var histogram = new LinkedHashMap<String, Population>();
        for (var line : jcmd("GC.class_histogram")) {
            var row = HISTOGRAM_LINE.matcher(line);
            if (row.matches()) {
                histogram.merge(
                        row.group(3),
                        new Population(Long.parseLong(row.group(1)), Long.parseLong(row.group(2))),
                        (a, b) -> new Population(a.objects() + b.objects(), a.bytes() + b.bytes()));
            }
        }
        if (histogram.isEmpty()) {
            throw new IllegalStateException("no class histogram");
        }
        return histogram;
    }

    /// Names of its threads, platform and virtual, without those that the JVM runs for itself. What the JDK starts to
    /// run virtual threads does the relay's work, and counts.
    List<String> applicationThreads() throws IOException, InterruptedException {
        var file = Files.createTempFile("threads", ".txt");
        try {
            jcmd("Thread.dump_to_file", "-overwrite", file.toString());
            return Files.readAllLines(file).stream()
                    .map(THREAD_LINE::matcher)
                    .filter(Matcher::matches)
                    .map(line -> line.group(1))
                    .filter(name -> !OF_JVM.matcher(name).matches())
                    .toList();
        } finally {
            Files.delete(file);
        }
    }

    /// What the JVM answers to a diagnostic command.
    List<String> jcmd(String... request) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(tool("jcmd"), String.valueOf(process.pid())));
        command.addAll(List.of(request));
        var jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader out = jcmd.inputReader(StandardCharsets.UTF_8)) {
            var lines = out.readAllLines();
            if (jcmd.waitFor() != 0) {
                throw new IllegalStateException(command + " failed: " + lines);
            }
            return lines;
        }
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(20, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
