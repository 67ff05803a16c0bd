package phasebench.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import phasebench.harness.process.JvmCommand;
import phasebench.harness.process.ReadyLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `phasebench relay`.
@Command(
        name = "relay",
        description = "run the relay by itself: publish with ffmpeg, watch in a browser",
        mixinStandardHelpOptions = true)
final class RelayCommand implements Callable<Integer> {
    /// What a JVM exits with when SIGINT or SIGTERM ended it.
    private static final List<Integer> ENDED_BY_SIGNAL = List.of(130, 143);

    private static final int STOP_SECONDS = 10;

    @Option(names = "--config", paramLabel = "FILE", description = "relay.yaml (default: the relay's own defaults)")
    private @Nullable Path config;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "one setting, over the file's; may be repeated")
    private List<String> settings = List.of();

    @Override
    public Integer call() throws UsageException, PreflightException, IOException, InterruptedException {
        Installation installation = Installation.find();
        if (!Files.isRegularFile(installation.relayJar())) {
            throw new PreflightException(List.of("the relay is not built: no " + installation.relayJar()));
        }
        if (config != null && !Files.isRegularFile(config)) {
            throw new UsageException("--config: value '" + config + "' is not a file");
        }
        Process relay = new ProcessBuilder(command(installation))
                .redirectInput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread hook = new Thread(() -> stop(relay), "stop-relay");
        Runtime.getRuntime().addShutdownHook(hook);
        printUrls(relay);
        int code = relay.waitFor();
        return ENDED_BY_SIGNAL.contains(code) ? ExitCode.OK : code;
    }

    private List<String> command(Installation installation) {
        List<String> arguments = new ArrayList<>();
        if (config != null) {
            arguments.addAll(List.of("--config", config.toString()));
        }
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        int cores = Runtime.getRuntime().availableProcessors();
        return new JvmCommand(List.of(), installation.javaHome(), cores, List.of(), installation.relayJar())
                .with(arguments.toArray(String[]::new));
    }

    private static void printUrls(Process relay) throws IOException {
        try (BufferedReader output = relay.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                System.out.println(line);
                Optional<ReadyLine> ready = ReadyLine.parse(line);
                ready.ifPresent(relayReady -> System.out.print(urls(relayReady)));
                System.out.flush();
            }
        }
    }

    /// What to type next.
    static String urls(ReadyLine ready) {
        return """

                publish:  ffmpeg -re -f lavfi -i testsrc2=size=1280x720:rate=30 -c:v libx264 -preset ultrafast \
                -tune zerolatency -pix_fmt yuv420p -g 60 -bf 0 -f rtsp -rtsp_transport tcp %s/live
                watch:    %s/live/
                counters: %s/metrics
                end:      Ctrl-C

                """.formatted(ready.rtspUri(), ready.httpUri(), ready.httpUri());
    }

    private static void stop(Process relay) {
        relay.toHandle().destroy();
        try {
            if (!relay.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                relay.toHandle().destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            relay.toHandle().destroyForcibly();
        }
    }
}
