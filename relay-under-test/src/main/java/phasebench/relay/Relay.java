package phasebench.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.buffer.PooledBuffers;
import phasebench.relay.dtls.DtlsIdentity;
import phasebench.relay.forward.Forwarding;
import phasebench.relay.mdns.MdnsAgents;
import phasebench.relay.mdns.MdnsPlan;
import phasebench.relay.metrics.CountedThreads;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;
import phasebench.relay.metrics.ThreadStarter;
import phasebench.relay.plant.Planted;
import phasebench.relay.plant.Plants;
import phasebench.relay.rtsp.RtspServer;
import phasebench.relay.shard.ShardLoop;
import phasebench.relay.socket.PacketSenders;
import phasebench.relay.socket.SendKind;
import phasebench.relay.socket.WebrtcSocket;
import phasebench.relay.stream.StreamPlan;
import phasebench.relay.stream.Streams;
import phasebench.relay.webrtc.RoleEngine;
import phasebench.relay.webrtc.SessionEngine;
import phasebench.relay.webrtc.SessionParts;
import phasebench.relay.webrtc.ShardEngine;
import phasebench.relay.webrtc.WebrtcSessions;
import phasebench.relay.whip.RelayHttpServer;

/// A running relay: publishers come by RTSP, viewers by WHEP.
final class Relay implements AutoCloseable {
    private static final int LEAK_WAIT_COUNT = 100;
    private static final long LEAK_WAIT_NS = 10_000_000;

    private final RelaySettings settings;
    private final LongSupplier nanoTime;
    private final RelayMetrics metrics = new RelayMetrics();
    private final CountedThreads threads = new CountedThreads();
    private final AtomicLong openSockets = new AtomicLong();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final List<PacketSenders> senders = new CopyOnWriteArrayList<>();
    private final BufferPool buffers;
    private final Planted planted;
    private final Streams streams;
    private final RelayConfig.Addresses addresses;

    private Relay(RelayConfig config, Plants plants, LongSupplier nanoTime) throws ListenException {
        this.settings = usable(config.settings());
        this.nanoTime = nanoTime;
        this.buffers = buffers(config);
        this.planted = plants.plant(metrics, threads);
        this.streams = new Streams(streamPlan(), nanoTime);
        metrics.addJvmGauges(threads);
        metrics.gauge(
                "relay_sockets",
                "sockets open: listening ones, publishers', the UDP ones and those of mDNS",
                openSockets::get);
        metrics.gauge(
                "relay_send_configured",
                "the configured way of sending: 0 single, 1 batch, 2 gso",
                configuredSend().kind()::code);
        metrics.gauge(
                "relay_send_effective",
                "the way of sending now, after any fallback: 0 single, 1 batch, 2 gso",
                () -> sendKind().code());
        try {
            this.addresses = listen(config.addresses());
        } catch (ListenException e) {
            close();
            throw e;
        }
    }

    /// Listens and serves from now on.
    static Relay start(RelayConfig config, Plants plants) throws ListenException {
        return start(config, plants, System::nanoTime);
    }

    /// @param nanoTime as System.nanoTime; tests move it
    static Relay start(RelayConfig config, Plants plants, LongSupplier nanoTime) throws ListenException {
        return new Relay(config, plants, nanoTime);
    }

    /// With the ports that were taken.
    RelayConfig.Addresses addresses() {
        return addresses;
    }

    /// In effect, which need not be those of the configuration.
    RelaySettings settings() {
        return settings.withSend(RelaySettings.Send.of(sendKind()));
    }

    /// As configured, also where it does not work here.
    RelaySettings.Send configuredSend() {
        return settings.forwarding().send();
    }

    /// Of the sockets, the simplest way of sending.
    private SendKind sendKind() {
        return senders.stream()
                .map(PacketSenders::kind)
                .min(Comparator.naturalOrder())
                .orElseGet(configuredSend()::kind);
    }

    RelayMetrics metrics() {
        return metrics;
    }

    Streams streams() {
        return streams;
    }

    /// Ends publications, then sessions, each with its close_notify, then all the rest.
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                System.err.println("while closing: " + e);
            }
        }
    }

    /// Says and counts what cannot be had here.
    private RelaySettings usable(RelaySettings asked) {
        var usable = asked.usableHere();
        if (!usable.equals(asked)) {
            var provider = asked.crypto().srtpProvider();
            System.err.printf(
                    "srtpProvider: %s cannot be used here, %s takes over: %s%n",
                    provider.text(),
                    usable.crypto().srtpProvider().text(),
                    provider.ciphers().missing());
            metrics.increment(RelayCounter.SRTP_PROVIDER_FALLBACKS);
        }
        return usable;
    }

    /// What is made later depends on what was made before, and is closed before it.
    private RelayConfig.Addresses listen(RelayConfig.Addresses wanted) throws ListenException {
        var engine = ListenException.naming("webrtcAddress", wanted.webrtc(), this::engine);
        closeLater(engine, engine.socketCount());
        var sessions = new WebrtcSessions(sessionParts(wanted.webrtc()), engine);
        parts.push(sessions);
        sessions.start();
        var services = settings.forwarding().threads() == RelaySettings.Threads.SHARDED
                ? ServiceThreads.platform()
                : ServiceThreads.virtual(threads);
        var http = ListenException.naming(
                "httpAddress",
                wanted.http(),
                a -> RelayHttpServer.start(a, services.http(), streams, sessions, metrics));
        closeLater(http, 1);
        parts.push(streams);
        var counters = new IngestCounters(metrics, openSockets);
        var rtsp = ListenException.naming(
                "rtspAddress",
                wanted.rtsp(),
                a -> new RtspServer(a, planted.before(streams), counters, buffers, services.rtsp()));
        parts.push(rtsp);
        return new RelayConfig.Addresses(rtsp.address(), http.address(), engine.address());
    }

    private SessionEngine engine(InetSocketAddress address) throws IOException {
        return switch (settings.forwarding().threads()) {
            case PER_ROLE -> roleEngine(address, threads);
            case PLATFORM -> roleEngine(address, ThreadStarter.platform());
            case SHARDED -> shardEngine(address);
        };
    }

    private SessionEngine roleEngine(InetSocketAddress address, ThreadStarter starter) throws IOException {
        var socket = WebrtcSocket.bind(address, metrics);
        return new RoleEngine(socket, senders(socket), starter, metrics);
    }

    private SessionEngine shardEngine(InetSocketAddress address) throws IOException {
        var sockets = WebrtcSocket.bindAll(address, Runtime.getRuntime().availableProcessors(), metrics);
        var shards = sockets.stream()
                .map(socket -> new ShardLoop(socket, senders(socket).forViewer(), metrics, nanoTime))
                .toList();
        return new ShardEngine(shards, threads, metrics);
    }

    private PacketSenders senders(WebrtcSocket socket) {
        var made = makeSenders(socket);
        senders.add(made);
        return made;
    }

    private PacketSenders makeSenders(WebrtcSocket socket) {
        return switch (settings.forwarding().send()) {
            case SINGLE -> PacketSenders.single(socket, buffers, metrics);
            case BATCH -> PacketSenders.batch(socket, buffers, metrics);
            case GSO -> PacketSenders.gso(socket, buffers, metrics);
        };
    }

    private SessionParts sessionParts(InetSocketAddress address) {
        var srtp = settings.crypto();
        return new SessionParts(
                DtlsIdentity.generate(),
                new SessionParts.SrtpChoice(
                        srtp.srtp().preference(), srtp.srtpProvider().ciphers()),
                new Forwarding(
                        settings.forwarding().copies() == RelaySettings.Copies.SHARED,
                        settings.feedback().nack().answers(),
                        buffers,
                        metrics,
                        nanoTime,
                        planted),
                settings.feedback().rtcpInterval(),
                settings.feedback().mdns() == RelaySettings.Mdns.PER_SESSION
                        ? new MdnsAgents(MdnsPlan.on(address.getAddress()), metrics, openSockets)
                        : null);
    }

    private BufferPool buffers(RelayConfig config) {
        return switch (config.settings().forwarding().buffers()) {
            case ALLOCATE -> BufferPool.allocating();
            case POOLED -> {
                var pool = config.bufferChecks() == RelayConfig.BufferChecks.ON
                        ? PooledBuffers.checked()
                        : new PooledBuffers();
                metrics.gauge("relay_buffers", "pooled buffers made", pool::bufferCount);
                metrics.gauge("relay_buffers_in_use", "pooled buffers that somebody holds", pool::inUse);
                parts.push(() -> reportLeaks(pool));
                yield pool;
            }
        };
    }

    /// Threads that were told to end may still hold some for a moment.
    private static void reportLeaks(PooledBuffers pool) {
        for (int i = 0; i < LEAK_WAIT_COUNT && !pool.leaks().isEmpty(); i++) {
            LockSupport.parkNanos(LEAK_WAIT_NS);
        }
        pool.leaks().forEach(Relay::leaked);
    }

    private static void leaked(Throwable takenAt) {
        System.err.print("a buffer was never released: ");
        takenAt.printStackTrace();
    }

    private StreamPlan streamPlan() {
        return new StreamPlan(
                settings.forwarding().copies() == RelaySettings.Copies.SHARED ? buffers : null,
                settings.feedback().nack() == RelaySettings.Nack.SHARED);
    }

    private void closeLater(AutoCloseable part, int socketCount) {
        openSockets.addAndGet(socketCount);
        parts.push(() -> {
            part.close();
            openSockets.addAndGet(-socketCount);
        });
    }
}
