package phasebench.harness.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import phasebench.scenarios.Scenario;
import tools.jackson.core.JacksonException;

/// The load generator's process: takes commands from one control connection and carries them out, until the connection
/// ends.
public final class LoadMain {
    private static final int EXIT_NO_HANDLE = 3;
    private static final int EXIT_OVERDUE = 70;
    private static final int CONNECT_MILLIS = 30_000;

    /// What starting, joining and leaving may take on top of a scenario's stages, on a slow machine.
    private static final Duration SPARE = Duration.ofMinutes(15);

    private static final String END = "";

    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private volatile @Nullable LoadRun run;
    private volatile @Nullable Thread overdue;

    private LoadMain() {}

    /// @param arguments none
    public static void main(String[] arguments) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String token = in.readLine();
        if (token == null || token.isBlank()) {
            System.err.println("the load generator is started by the harness; it needs a token on its standard input");
            System.exit(EXIT_NO_HANDLE);
            return;
        }
        LoadMain main = new LoadMain();
        Runtime.getRuntime().addShutdownHook(new Thread(main::leave, "leave"));
        System.exit(main.serve(token.strip()));
    }

    private int serve(String token) throws IOException, InterruptedException {
        try (ServerSocket server = new ServerSocket()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            server.setSoTimeout(CONNECT_MILLIS);
            System.out.println("CONTROL port=" + server.getLocalPort() + " pid="
                    + ProcessHandle.current().pid());
            System.out.flush();
            while (true) {
                try (Socket handle = server.accept()) {
                    handle.setSoTimeout(CONNECT_MILLIS);
                    BufferedReader in =
                            new BufferedReader(new InputStreamReader(handle.getInputStream(), StandardCharsets.UTF_8));
                    if (isToken(token, in.readLine())) {
                        handle.setSoTimeout(0);
                        Thread.ofVirtual().name("control-reader").start(() -> read(in));
                        answerAll(handle);
                        return 0;
                    }
                }
            }
        }
    }

    private static boolean isToken(String token, @Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    /// Reads requests until the connection ends, which ends the process even in the middle of a window.
    private void read(BufferedReader in) {
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                requests.add(line);
            }
        } catch (IOException _) {
            // broken or closed, the connection has ended
        }
        requests.add(END);
        if (run != null) {
            System.exit(0);
        }
    }

    private void answerAll(Socket handle) throws IOException, InterruptedException {
        OutputStream out = handle.getOutputStream();
        while (true) {
            String line = requests.take();
            if (line.equals(END)) {
                return;
            }
            LoadMessage.Answer answer;
            boolean isStop = false;
            try {
                LoadMessage.Request request = LoadMessage.read(line, LoadMessage.Request.class);
                isStop = request.command().equals("stop");
                answer = carryOut(request);
            } catch (LoadException e) {
                System.err.println(e.getMessage());
                answer = LoadMessage.Answer.failed(e.getMessage() == null ? e.toString() : e.getMessage());
            } catch (JacksonException e) {
                answer = LoadMessage.Answer.failed("not a request: " + e.getOriginalMessage());
            }
            out.write((LoadMessage.write(answer) + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            if (isStop) {
                return;
            }
        }
    }

    private LoadMessage.Answer carryOut(LoadMessage.Request request) throws LoadException, InterruptedException {
        switch (request.command()) {
            case "prepare" -> {
                return LoadMessage.Answer.of(prepare(request));
            }
            case "ramp" -> current().ramp();
            case "grow" -> current().grow();
            case "pause" -> current().pause();
            case "resume" -> current().resume();
            case "packets" -> {
                return LoadMessage.Answer.of(current().packetsDelivered());
            }
            case "window-plan" -> {
                return LoadMessage.Answer.of(
                        current().planWindow(window(request).attempt()));
            }
            case "window-arm" -> {
                WindowPlan plan = window(request).plan();
                if (plan == null) {
                    throw new LoadException("window-arm needs a plan");
                }
                return LoadMessage.Answer.armed(current().armWindow(plan));
            }
            case "window-begin" -> current().openWindow();
            case "window-boundary" -> current().awaitWindowBoundary();
            case "window-end" -> {
                Duration drain = Duration.ofMillis(window(request).drainMillis());
                return LoadMessage.Answer.of(current().endShare(drain));
            }
            case "leave", "stop" -> leave();
            default -> throw new LoadException("unknown command: " + request.command());
        }
        return LoadMessage.Answer.OK;
    }

    private static LoadMessage.Window window(LoadMessage.Request request) throws LoadException {
        LoadMessage.Window window = request.window();
        if (window == null) {
            throw new LoadException(request.command() + " says nothing about its window");
        }
        return window;
    }

    private LoadClock prepare(LoadMessage.Request request) throws LoadException {
        LoadMessage.Load load = request.load();
        if (load == null || run != null) {
            throw new LoadException("prepare needs a load, and comes before everything else");
        }
        LoadClock clock = load.clock();
        if ((clock == null) != load.part().isPublishing()) {
            throw new LoadException("the first generator publishes, and all others need its clock");
        }
        endAfter(load.scenario());
        LoadRun prepared = new LoadRun(load.scenario(), load.targets(), load.seed(), load.part());
        run = prepared;
        if (clock == null) {
            return prepared.publish();
        }
        prepared.follow(clock);
        return clock;
    }

    private LoadRun current() throws LoadException {
        LoadRun prepared = run;
        if (prepared == null) {
            throw new LoadException("nothing was prepared");
        }
        return prepared;
    }

    /// Ends the process for certain, whatever hangs. Several windows in one run are allowed for.
    private void endAfter(Scenario scenario) {
        Duration limit = timeLimit(scenario);
        overdue = Thread.ofPlatform().name("time-limit").daemon().start(() -> {
            try {
                Thread.sleep(limit);
                System.err.println("the load generator ends itself: its scenario should be over since long");
                Runtime.getRuntime().halt(EXIT_OVERDUE);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    static Duration timeLimit(Scenario scenario) {
        int windows = scenario.shape().windows(scenario.viewers().count());
        return scenario.timing().longest().multipliedBy(4L * windows).plus(SPARE);
    }

    private synchronized void leave() {
        LoadRun leaving = run;
        if (leaving != null) {
            leaving.close();
            run = null;
            Thread limit = overdue;
            if (limit != null) {
                limit.interrupt();
            }
        }
    }
}
