package phasebench.relay.whip;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import phasebench.relay.metrics.RelayMetrics;
import phasebench.relay.stream.Streams;
import phasebench.relay.webrtc.WebrtcSessions;

/// The relay's HTTP port: WHEP, player pages and metrics, each request on a virtual thread of its own.
public final class RelayHttpServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RelayHttpServer.class.getName());

    /// Against clients that send slowly, much, or nothing. The JDK reads them once, when the first server is made
    /// (jdk.httpserver module documentation); seconds and bytes.
    private static final Map<String, String> LIMITS = Map.of(
            "sun.net.httpserver.maxReqTime", "10",
            "sun.net.httpserver.maxRspTime", "20",
            "sun.net.httpserver.idleInterval", "30",
            "sun.net.httpserver.maxReqHeaders", "64",
            "sun.net.httpserver.maxReqHeaderSize", "32768",
            "jdk.httpserver.maxConnections", "2000");

    static {
        LIMITS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }

    private final HttpServer server;
    private final ExecutorService executor;

    /// Answers one request.
    interface Route {
        HttpReply answer(HttpExchange exchange) throws IOException;
    }

    private RelayHttpServer(HttpServer server, ExecutorService executor) {
        this.server = server;
        this.executor = executor;
    }

    /// Listens and serves from now on.
    ///
    /// @param threads makes one thread for each request
    /// @throws IOException if the address is taken, or not of this machine
    public static RelayHttpServer start(
            InetSocketAddress address,
            ThreadFactory threads,
            Streams streams,
            WebrtcSessions sessions,
            RelayMetrics metrics)
            throws IOException {
        var negotiation = new Negotiation(sessions.address(), sessions.fingerprint(), sessions.answersNack());
        var whep = new WhepEndpoint(streams, sessions, negotiation);
        return start(address, threads, new RelayRoutes(streams, whep, metrics, new PlayerPage()));
    }

    private static RelayHttpServer start(InetSocketAddress address, ThreadFactory threads, Route route)
            throws IOException {
        var server = HttpServer.create(address, 128);
        var executor = Executors.newThreadPerTaskExecutor(threads);
        server.setExecutor(executor);
        server.createContext("/", exchange -> handle(route, exchange));
        server.start();
        return new RelayHttpServer(server, executor);
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private static void handle(Route route, HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpReply reply;
            try {
                reply = route.answer(exchange);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "a request failed", e);
                reply = HttpReply.text(500, "the relay failed; its log says more");
            }
            reply.send(exchange);
        }
    }
}
