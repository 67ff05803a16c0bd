package phasebench.harness;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/// A relay that relays nothing, and misbehaves on request: `relay.yaml` holds `script: WHAT`, or its JVM gets
/// `-Dscript=WHAT`. Its counter of packets grows by 2400 a second, as if there were the viewers of [Samples]. What is
/// planted in it shows in its READY line, and nowhere else.
/// A relay that relays nothing, and misbehaves on request: `relay.yaml` holds `script: WHAT`. Its counter of
/// packets grows by 2400 a second, as if there were the viewers of [Samples], except while a load is paused.
public final class ScriptedRelay {
    private static final long STARTED_NS = System.nanoTime();
    private static volatile long pausedAtNs;
    private static volatile long pausedNs;

    private static final Set<String> NOT_ECHOED =
            Set.of("rtspAddress", "httpAddress", "webrtcAddress", "countersFile", "script", "profile");

    private ScriptedRelay() {}

    public static void main(String[] args) throws Exception {
        Map<String, String> config = config(Path.of(args[1]));
        String script = config.getOrDefault("script", System.getProperty("script", "well-behaved"));
        switch (script) {
            case "port-in-use" -> {
                System.err.println("cannot bind 127.0.0.1:8554: address already in use");
                System.exit(4);
            }
            case "never-ready" -> Thread.sleep(60_000);
            case "ready-late" -> Thread.sleep(1_500);
            case "floods-stdout" -> flood();
            case "ends-at-once" -> System.exit(64);
            default -> {}
        }
        if (script.equals("busy") || script.equals("never-idle")) {
            Thread.ofPlatform().daemon().name("forwarder").start(ScriptedRelay::burn);
        }
        HttpServer server = serve(script);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> onShutdown(script, config)));
        Map<String, String> settings = new TreeMap<>(config);
        settings.keySet().removeAll(NOT_ECHOED);
        if (script.equals("runs-other-settings")) {
            settings.put("send", "single");
        }
        String echoed = settings.entrySet().stream().map(entry -> " " + entry).collect(Collectors.joining());
        for (int i = 2; i < args.length; i++) {
            echoed += args[i - 1].equals("--plant") ? " plant." + args[i] : "";
        }
        System.out.printf(
                "READY rtsp=127.0.0.1:1 http=127.0.0.1:%d webrtc=127.0.0.1:1 pid=%d%s%n",
                server.getAddress().getPort(), ProcessHandle.current().pid(), echoed);
        if (script.equals("dies-in-window")) {
            Thread.sleep(1_300);
            System.err.println("giving up");
            Runtime.getRuntime().halt(134);
        }
        Thread.sleep(120_000);
    }

    /// Works as a relay does whose drive is closed: always.
    private static void burn() {
        while (true) {
            if (pausedAtNs == 0) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private static void pause(String script) {
        if (!script.equals("never-idle")) {
            pausedAtNs = System.nanoTime();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // the server has one thread
    private static void resume() {
        pausedNs += pausedAtNs == 0 ? 0 : System.nanoTime() - pausedAtNs;
        pausedAtNs = 0;
    }

    private static void flood() {
        String line = "x".repeat(1000);
        for (int i = 0; i < 20_000; i++) {
            System.out.println(line);
            System.err.println(line);
        }
    }

    private static HttpServer serve(String script) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            byte[] body = metrics().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.createContext("/pause", exchange -> {
            pause(script);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.createContext("/resume", exchange -> {
            resume();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String metrics() {
        long nowNs = pausedAtNs == 0 ? System.nanoTime() : pausedAtNs;
        double seconds = (nowNs - STARTED_NS - pausedNs) / 1e9;
        return "relay_rtp_packets_out_total %.0f%njvm_allocated_bytes_total 12345%n# EOF%n"
                .formatted(seconds * Samples.PACKETS);
    }

    private static void onShutdown(String script, Map<String, String> config) {
        try {
            if (script.equals("ignores-sigterm")) {
                Thread.sleep(60_000);
            }
            if (!script.equals("leaves-no-counters")) {
                Files.writeString(Path.of(config.get("countersFile")), cpus() + metrics());
            }
        } catch (IOException | InterruptedException e) {
            System.err.println(e);
        }
    }

    /// The cores that it may use in the end, as a comment of the counters file; empty on a system without /proc.
    private static String cpus() throws IOException {
        Path status = Path.of("/proc/self/status");
        return !Files.isReadable(status)
                ? ""
                : Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("Cpus_allowed_list:"))
                        .map(line -> "# " + line + "\n")
                        .collect(Collectors.joining());
    }

    private static Map<String, String> config(Path file) throws IOException {
        Map<String, String> config = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            int colon = line.indexOf(": ");
            config.put(line.substring(0, colon), line.substring(colon + 2));
        }
        return config;
    }

    /// A jar that holds nothing but the way to this class.
    static Path jar(Path folder) throws IOException {
        Path jar = folder.resolve("relay.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, ScriptedRelay.class.getName());
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Path.of("target/test-classes").toUri().toString());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.finish();
        }
        return jar;
    }
}
