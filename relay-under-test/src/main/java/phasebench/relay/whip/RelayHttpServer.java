package phasebench.relay.whip;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import phasebench.relay.metrics.RelayMetrics;
import phasebench.relay.stream.Streams;
import phasebench.relay.webrtc.WebrtcSessions;

/// The relay's HTTP port: WHEP, player pages and metrics. Whoever runs its requests waits for slow clients with them.
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
    private final ExecutorService requests;

    /// Answers one request.
    interface Route {
        HttpReply answer(HttpExchange exchange) throws IOException;
    }

    private RelayHttpServer(HttpServer server, ExecutorService requests) {
        this.server = server;
        this.requests = requests;
    }

    /// Listens and serves from now on.
    ///
    /// @param requests runs each request, and ends with the server
    /// @throws IOException if the address is taken, or not of this machine
    public static RelayHttpServer start(
            InetSocketAddress address,
            ExecutorService requests,
            Streams streams,
            WebrtcSessions sessions,
            RelayMetrics metrics)
            throws IOException {
        var negotiation = new Negotiation(sessions.address(), sessions.fingerprint(), sessions.answersNack());
        var whep = new WhepEndpoint(streams, sessions, negotiation);
        return start(address, requests, new RelayRoutes(streams, whep, metrics, new PlayerPage()));
    }

    private static RelayHttpServer start(InetSocketAddress address, ExecutorService requests, Route route)
            throws IOException {
        var server = HttpServer.create(address, 128);
        server.setExecutor(requests);
        server.createContext("/", exchange -> handle(route, exchange));
        server.start();
        return new RelayHttpServer(server, requests);
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        requests.shutdownNow();
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
