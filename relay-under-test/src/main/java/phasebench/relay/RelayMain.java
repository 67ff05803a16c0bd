package phasebench.relay;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import phasebench.relay.metrics.RelayMetrics;
import phasebench.relay.plant.Plants;

/// The relay as a program: prints one READY line when it serves, and serves until SIGTERM.
public final class RelayMain {
    private static final int EXIT_UNFIT = 4;
    private static final int EXIT_USAGE = 64;
    private static final int EXIT_BUG = 70;

    private RelayMain() {}

    /// Exit codes: 0 or 143 stopped, 4 a port is in use, 64 wrong command line or configuration,
    /// 70 a bug.
    public static void main(String[] arguments) {
        Thread.setDefaultUncaughtExceptionHandler(RelayMain::failed);
        try {
            if (List.of(arguments).contains("--help")) {
                System.out.print(RelayArguments.USAGE);
                return;
            }
            var given = RelayArguments.parse(List.of(arguments));
            serve(ConfigReader.read(given.entries()), given.plants());
        } catch (UsageException e) {
            exit(e, EXIT_USAGE);
        } catch (ListenException e) {
            exit(e, EXIT_UNFIT);
        }
    }

    private static void serve(RelayConfig config, Plants plants) throws ListenException {
        CryptoWarmUp.run(config.settings().usableHere().crypto());
        var relay = Relay.start(config, plants);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(relay, config), "relay-stop"));
        ready(System.out, relay.addresses(), relay.settings(), config.settings(), plants);
    }

    /// The socket's reader and the timers keep the JVM alive from here on.
    private static void ready(
            PrintStream out,
            RelayConfig.Addresses addresses,
            RelaySettings effective,
            RelaySettings configured,
            Plants plants) {
        out.printf(
                "READY rtsp=%s http=%s webrtc=%s pid=%d %s%n",
                text(addresses.rtsp()),
                text(addresses.http()),
                text(addresses.webrtc()),
                ProcessHandle.current().pid(),
                Stream.of(words(effective, configured), plants.toString())
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining(" ")));
        out.flush();
    }

    /// The settings in effect, and behind them what was asked for instead, where that does not work here.
    static String words(RelaySettings effective, RelaySettings configured) {
        var words = new StringJoiner(" ").add(effective.toString());
        var library = effective.crypto().srtpProvider().ciphers().library();
        if (!library.isBlank()) {
            words.add(library);
        }
        if (effective.forwarding().send() != configured.forwarding().send()) {
            words.add("sendConfigured=" + configured.forwarding().send().text());
        }
        if (effective.crypto().srtpProvider() != configured.crypto().srtpProvider()) {
            words.add("srtpProviderConfigured="
                    + configured.crypto().srtpProvider().text());
        }
        return words.toString();
    }

    private static void stop(Relay relay, RelayConfig config) {
        relay.close();
        var file = config.countersFile();
        if (file != null) {
            try {
                write(file, relay.metrics());
            } catch (IOException e) {
                System.err.println(file + ": counters not written: " + e);
            }
        }
    }

    /// All or nothing: who finds the file finds it complete.
    private static void write(Path file, RelayMetrics metrics) throws IOException {
        var part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, metrics.prometheusText());
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String text(InetSocketAddress address) {
        var host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /// A virtual thread serves one peer, and its session has ended with it; a platform thread serves all.
    private static void failed(Thread thread, Throwable e) {
        System.err.print(thread.getName() + " failed: ");
        e.printStackTrace();
        if (!thread.isVirtual()) {
            System.exit(EXIT_BUG);
        }
    }

    private static void exit(Exception e, int code) {
        System.err.println(e.getMessage());
        System.exit(code);
    }
}
