package phasebench.relay.webrtc;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import phasebench.relay.forward.NackMode;
import phasebench.relay.forward.TrackPlan;
import phasebench.relay.forward.ViewerWriter;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;
import phasebench.relay.metrics.ThreadStarter;
import phasebench.relay.rtp.RtcpPacket;
import phasebench.relay.socket.PacketSenders;
import phasebench.relay.socket.WebrtcSocket;
import phasebench.relay.srtp.SrtpKeys;
import phasebench.relay.stream.Viewer;

/// The threads of one session, one for each job, with queues between them.
///
/// | thread | job |
/// |---|---|
/// | session | waits for the viewer, shakes hands, starts the others, and stops them all at the end |
/// | mux reader | tells STUN, DTLS and RTCP apart |
/// | ice agent | answers STUN |
/// | consent timer | ends the session when nothing has been heard for 30 s |
/// | dtls reader | brings DTLS records to the handshake, and later a close_notify |
/// | srtcp reader | authenticates and decrypts RTCP, keeps the replay window, finds the track |
/// | rtcp reader, one per track | reads reports and NACKs |
/// | sender reports, one per track | has a sender report sent each interval |
/// | nack generator | where NACKs are kept per viewer: wakes up every 100 ms to look for gaps in what the viewer sends
/// |
/// | viewer writer | cuts, protects and sends media, reports and retransmissions |
///
/// A viewer sends no media, so that the nack generator finds nothing to do, as Pion's in its place: its
/// wake-ups are what the plan's phase `no-nack` removes.
final class SessionRoles implements SessionWork {
    private static final Duration CONSENT_INTERVAL = Duration.ofSeconds(1);

    /// As Pion's NACK generator (interceptor v0.1.42, `generator_interceptor.go`).
    private static final Duration NACK_INTERVAL = Duration.ofMillis(100);

    /// Datagrams on their way from one role to the next; more come only from one who floods.
    private static final int QUEUE_DATAGRAMS_MAX = 256;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Datagram(byte[] bytes, InetSocketAddress from) {}

    /// A thread's work, until it is interrupted.
    private interface Job {
        void run() throws InterruptedException;
    }

    private final WebrtcSession session;
    private final WebrtcSocket socket;
    private final IceAgent ice;
    private final PacketSenders senders;
    private final ThreadStarter starter;
    private final RelayMetrics metrics;
    private final BlockingQueue<Datagram> incoming = new LinkedBlockingQueue<>(QUEUE_DATAGRAMS_MAX);
    private final BlockingQueue<Datagram> stun = new LinkedBlockingQueue<>(QUEUE_DATAGRAMS_MAX);
    private final BlockingQueue<Datagram> dtls = new LinkedBlockingQueue<>(QUEUE_DATAGRAMS_MAX);
    private final BlockingQueue<Datagram> srtcp = new LinkedBlockingQueue<>(QUEUE_DATAGRAMS_MAX);

    /// Guarded by itself.
    private final List<Thread> threads = new ArrayList<>();

    private volatile boolean isStopped;

    SessionRoles(
            WebrtcSession session, WebrtcSocket socket, IceAgent ice, PacketSenders senders, ThreadStarter starter) {
        this.session = session;
        this.socket = socket;
        this.ice = ice;
        this.senders = senders;
        this.starter = starter;
        this.metrics = session.parts().metrics();
    }

    void start() {
        run("session", this::supervise);
        run("mux reader", () -> each(incoming, this::demultiplex));
        run("ice agent", () -> each(stun, this::answer));
        run("dtls reader", () -> each(dtls, datagram -> session.dtls(datagram.bytes(), datagram.bytes().length)));
        run(
                "consent timer",
                () -> every(
                        CONSENT_INTERVAL,
                        () -> session.expire(session.parts().nanoTime().getAsLong())));
    }

    @Override
    public void datagram(byte[] datagram, int length, InetSocketAddress from) {
        offer(incoming, new Datagram(Arrays.copyOf(datagram, length), from));
    }

    @Override
    public WebrtcSocket socket() {
        return socket;
    }

    @Override
    public void stop() {
        isStopped = true;
        synchronized (threads) {
            for (var thread : threads) {
                if (!thread.equals(Thread.currentThread())) {
                    thread.interrupt();
                }
            }
        }
    }

    private void demultiplex(Datagram datagram) {
        switch (DatagramKind.of(datagram.bytes(), datagram.bytes().length)) {
            case STUN -> offer(stun, datagram);
            case DTLS -> offer(dtls, datagram);
            case RTCP -> offer(srtcp, datagram);
            case RTP -> metrics.increment(RelayCounter.DROP_UNWANTED_RTP);
            case OTHER -> metrics.increment(RelayCounter.DROP_NOT_WEBRTC);
        }
    }

    private void answer(Datagram datagram) {
        ice.stun(datagram.bytes(), datagram.bytes().length, datagram.from(), socket, _ -> {});
    }

    private void supervise() throws InterruptedException {
        var keys = session.awaitKeys();
        if (keys != null) {
            established(keys);
        }
    }

    private void established(SrtpKeys keys) {
        var plans = session.plan().tracks();
        var viewer = new Viewer(plans.stream().map(TrackPlan::track).collect(Collectors.toSet()), metrics);
        readReports(session.reports(keys), viewer);
        if (session.parts().forwarding().nack() == NackMode.PER_VIEWER) {
            run("nack generator", () -> every(NACK_INTERVAL, () -> {}));
        }
        var output = session.output(keys, senders.forViewer());
        var writer = new ViewerWriter(
                session.stream(),
                viewer,
                output,
                track -> report(viewer, track),
                session.parts().nanoTime());
        run("viewer writer", () -> {
            writer.run();
            session.close(WebrtcSession.Ending.STREAM_ENDED);
        });
    }

    private void readReports(ReceivedReports reports, Viewer viewer) {
        Map<Long, BlockingQueue<RtcpPacket>> byTrack = new HashMap<>();
        for (var plan : session.plan().tracks()) {
            var queue = new LinkedBlockingQueue<RtcpPacket>(QUEUE_DATAGRAMS_MAX);
            byTrack.put(plan.ssrc(), queue);
            run("rtcp reader", () -> each(queue, packet -> reports.handle(packet, viewer::nack)));
        }
        var first = session.plan().tracks().getFirst().ssrc();
        run("srtcp reader", () -> {
            try (reports) {
                each(srtcp, datagram -> distribute(reports, datagram, byTrack, first));
            }
        });
    }

    private void distribute(
            ReceivedReports reports, Datagram datagram, Map<Long, BlockingQueue<RtcpPacket>> byTrack, long first) {
        for (var packet : reports.open(datagram.bytes(), datagram.bytes().length)) {
            var queue = byTrack.get(track(packet, first));
            if (queue == null) {
                // of an SSRC that is none of ours: counted, and no more
                reports.handle(packet, _ -> {});
            } else {
                offer(queue, packet);
            }
        }
    }

    /// SSRC of the track that a packet speaks of.
    private static long track(RtcpPacket packet, long first) {
        return switch (packet) {
            case RtcpPacket.ReceiverReport report ->
                report.blocks().isEmpty() ? first : report.blocks().getFirst().ssrc();
            case RtcpPacket.GenericNack nack -> nack.mediaSsrc();
            case RtcpPacket.PictureLossIndication loss -> loss.mediaSsrc();
            case RtcpPacket.FullIntraRequest _,
                    RtcpPacket.SenderReport _,
                    RtcpPacket.SourceDescription _,
                    RtcpPacket.Bye _,
                    RtcpPacket.Other _ -> first;
        };
    }

    private void report(Viewer viewer, int track) {
        run("sender reports", () -> every(session.parts().reportInterval(), () -> viewer.reportDue(track)));
    }

    private <T> void each(BlockingQueue<T> queue, Consumer<T> job) throws InterruptedException {
        while (!isStopped) {
            job.accept(queue.take());
        }
    }

    private void every(Duration interval, Runnable job) throws InterruptedException {
        while (!isStopped) {
            Thread.sleep(interval);
            metrics.increment(RelayCounter.TIMERS_FIRED);
            job.run();
        }
    }

    private <T> void offer(BlockingQueue<T> queue, T element) {
        if (!queue.offer(element)) {
            metrics.increment(RelayCounter.DROP_FLOOD);
        }
    }

    private void run(String role, Job job) {
        synchronized (threads) {
            if (!isStopped) {
                threads.add(starter.start(role, () -> guarded(job)));
            }
        }
    }

    private void guarded(Job job) {
        try {
            job.run();
        } catch (InterruptedException _) {
            // whoever closed the session has said why
        } catch (RuntimeException e) {
            session.close(WebrtcSession.Ending.FAILED);
            throw e;
        }
    }
}
