package phasebench.harness.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The handle of one load generator process: sends it requests, one at a time. Not thread-safe, but [#close]
/// may be called from any thread.
final class GeneratorProcess implements AutoCloseable {
    /// A small heap and one collecting thread, so that the generator disturbs nobody; what it allocates while media
    /// flows is little.
    private static final List<String> JVM_FLAGS = List.of(
            "-Xms256m",
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xshare:auto",
            "-Xss512k",
            "--enable-native-access=ALL-UNNAMED");

    private static final Pattern CONTROL = Pattern.compile("CONTROL port=(\\d+) pid=(\\d+)");
    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(15);

    private final Process process;
    private final Path logFile;
    private final Socket control;
    private final BufferedReader answers;
    private final long pid;

    private GeneratorProcess(Process process, Path logFile, Socket control, long pid) throws IOException {
        this.process = process;
        this.logFile = logFile;
        this.control = control;
        this.answers = new BufferedReader(new InputStreamReader(control.getInputStream(), StandardCharsets.UTF_8));
        this.pid = pid;
    }

    /// Starts a generator process on the class path of this one.
    ///
    /// @param launcherPrefix such as `setsid taskset -c 1`, put in front of the command
    /// @param logFile takes what the process says on its standard error
    /// @throws IOException if it does not come up within 30 s
    static GeneratorProcess start(List<String> launcherPrefix, Path javaHome, Path logFile) throws IOException {
        List<String> command = new ArrayList<>(launcherPrefix);
        command.add(javaHome.resolve("bin").resolve("java").toString());
        command.addAll(JVM_FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LoadMain.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(logFile.toFile()))
                .start();
        try {
            byte[] random = new byte[16];
            new SecureRandom().nextBytes(random);
            String token = HexFormat.of().formatHex(random) + "\n";
            process.getOutputStream().write(token.getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
            Matcher line = CONTROL.matcher(firstLine(process));
            if (!line.matches()) {
                throw new IOException("load generator did not start; see " + logFile);
            }
            Socket control = new Socket();
            control.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(line.group(1))));
            control.setTcpNoDelay(true);
            control.getOutputStream().write(token.getBytes(StandardCharsets.US_ASCII));
            return new GeneratorProcess(process, logFile, control, Long.parseLong(line.group(2)));
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static String firstLine(Process process) throws IOException {
        CompletableFuture<String> line = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                String read = process.inputReader(StandardCharsets.UTF_8).readLine();
                line.complete(read == null ? "" : read);
            } catch (IOException e) {
                line.completeExceptionally(e);
            }
        });
        try {
            return line.get(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the load generator started", e);
        } catch (TimeoutException | ExecutionException e) {
            throw new IOException("load generator said nothing within 30 s", e);
        }
    }

    /// Process id of the generator's JVM.
    long pid() {
        return pid;
    }

    /// Sends a request and waits for its answer.
    ///
    /// @throws LoadException if the process refuses, fails, is gone, or does not answer in time
    LoadMessage.Answer request(LoadMessage.Request request, Duration timeout) throws LoadException {
        String line;
        try {
            control.setSoTimeout((int) timeout.toMillis());
            control.getOutputStream().write((LoadMessage.write(request) + "\n").getBytes(StandardCharsets.UTF_8));
            line = answers.readLine();
        } catch (SocketTimeoutException e) {
            throw new LoadException(
                    "load generator did not answer '" + request.command() + "' within " + timeout.toSeconds() + " s",
                    e);
        } catch (IOException e) {
            throw new LoadException("load generator is gone: " + e.getMessage() + "; see " + logFile, e);
        }
        if (line == null) {
            throw new LoadException("load generator ended during '" + request.command() + "'; see " + logFile);
        }
        LoadMessage.Answer answer = LoadMessage.read(line, LoadMessage.Answer.class);
        if (!answer.isOk()) {
            throw new LoadException(answer.error() == null ? "load generator gave no reason" : answer.error());
        }
        return answer;
    }

    /// Lets viewers and publishers leave, and ends the process.
    void stop() {
        try {
            request(LoadMessage.Request.of("stop"), LEAVE_TIMEOUT);
            process.waitFor(LEAVE_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (LoadException _) {
            // it is gone, or stuck: close ends it
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    /// Ends the process if it still runs.
    @Override
    public void close() {
        try {
            control.close();
        } catch (IOException _) {
            // the process sees its end either way
        }
        if (process.isAlive()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
