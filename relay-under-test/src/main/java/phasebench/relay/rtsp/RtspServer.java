package phasebench.relay.rtsp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.stream.Ingest;

/// Takes publishers by RTSP 1.0 (RFC 2326): ANNOUNCE, SETUP, RECORD, over TCP or UDP.
///
/// Uses one thread to accept, one for the time limits, one for each connection and two for each track that comes by
/// UDP.
public final class RtspServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RtspServer.class.getName());
    private static final int BACKLOG = 128;
    private static final long TIMER_MS = 1000;
    private static final long ACCEPT_PAUSE_MS = 100;
    private static final long CLOSE_MS_MAX = 2000;

    private final ServerSocket listener;
    private final RtspServices services;
    private final Thread acceptor;
    private final Thread timer;
    /// The connections and the threads that run them; guarded by itself.
    private final Map<RtspConnection, Thread> connections = new HashMap<>();

    /// Listens and serves from now on.
    ///
    /// @param address port 0 for any free port
    /// @param buffers for packets as they are read
    /// @param threads makes every thread of the server
    /// @throws IOException if it cannot listen there
    public RtspServer(
            InetSocketAddress address, Ingest ingest, RtspCounters counters, BufferPool buffers, ThreadFactory threads)
            throws IOException {
        this(address, new RtspServices(ingest, counters, RtspLimits.DEFAULT, buffers, threads));
    }

    RtspServer(InetSocketAddress address, RtspServices services) throws IOException {
        this.listener = new ServerSocket();
        this.services = services;
        try {
            listener.bind(address, BACKLOG);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        services.counters().socketOpened();
        this.acceptor = start("rtsp-accept", this::acceptAll);
        this.timer = start("rtsp-timer", this::expireConnections);
    }

    /// Where it listens.
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /// Ends all sessions; returns when their publications are closed, at most 2 s later.
    @Override
    public void close() {
        List<Thread> running;
        synchronized (connections) {
            if (listener.isClosed()) {
                return;
            }
            closeListener();
            running = new ArrayList<>(connections.values());
            connections.keySet().forEach(RtspConnection::close);
        }
        timer.interrupt();
        running.add(acceptor);
        running.add(timer);
        long endNs = System.nanoTime() + CLOSE_MS_MAX * 1_000_000;
        try {
            for (Thread thread : running) {
                thread.join(Math.max(1, (endNs - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Thread start(String name, Runnable body) {
        Thread thread = services.threads().newThread(body);
        thread.setName(name);
        thread.start();
        return thread;
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                serve(listener.accept());
            } catch (IOException e) {
                if (listener.isClosed()) {
                    return;
                }
                // out of file descriptors, most likely: others may close theirs
                LOG.log(System.Logger.Level.WARNING, "cannot accept", e);
                pause(ACCEPT_PAUSE_MS);
            }
        }
    }

    private void serve(Socket socket) throws IOException {
        RtspConnection connection = new RtspConnection(socket, services);
        Thread thread = services.threads().newThread(() -> {
            try {
                connection.run();
            } finally {
                remove(connection);
            }
        });
        thread.setName("rtsp-connection");
        if (add(connection, thread)) {
            thread.start();
        } else {
            refuse(socket);
        }
    }

    private boolean add(RtspConnection connection, Thread thread) {
        synchronized (connections) {
            if (listener.isClosed() || connections.size() >= services.limits().connections()) {
                return false;
            }
            connections.put(connection, thread);
            connections.notifyAll();
            services.counters().socketOpened();
            return true;
        }
    }

    private void refuse(Socket socket) throws IOException {
        try (socket) {
            String why = "more than " + services.limits().connections() + " connections";
            RtspRefusal refusal = new RtspRefusal(RtspStatus.SERVICE_UNAVAILABLE, why);
            socket.getOutputStream().write(RtspResponse.refused(refusal).toBytes());
        }
    }

    private void remove(RtspConnection connection) {
        synchronized (connections) {
            connections.remove(connection);
            services.counters().socketClosed();
        }
    }

    private void expireConnections() {
        try {
            while (!listener.isClosed()) {
                synchronized (connections) {
                    while (connections.isEmpty()) {
                        connections.wait();
                    }
                }
                Thread.sleep(TIMER_MS);
                services.counters().timerFired();
                long nowNs = System.nanoTime();
                synchronized (connections) {
                    connections.keySet().forEach(connection -> connection.expire(nowNs));
                }
            }
        } catch (InterruptedException _) {
            // close
        }
    }

    private void closeListener() {
        try {
            listener.close();
        } catch (IOException _) {
            // nothing more to free
        }
        services.counters().socketClosed();
    }

    private static void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
