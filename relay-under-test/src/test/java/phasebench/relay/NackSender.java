package phasebench.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import phasebench.relay.rtp.RtcpPacket;

/// Asks for what a track misses by Generic NACKs (RFC 4585, section 6.2.1), about as a browser does: some
/// milliseconds after the gap shows, again each 50 ms, and after a second not any more.
final class NackSender implements AutoCloseable {
    private static final long FIRST_NS = Duration.ofMillis(5).toNanos();
    private static final long AGAIN_NS = Duration.ofMillis(50).toNanos();
    private static final long GIVE_UP_NS = Duration.ofSeconds(1).toNanos();
    private static final Duration TICK = Duration.ofMillis(5);
    private static final int MESSAGE_PACKETS_MAX = 200;

    private static final class Gap {
        private final long sinceNs;
        private long askAtNs;

        Gap(long sinceNs) {
            this.sinceNs = sinceNs;
            this.askAtNs = sinceNs + FIRST_NS;
        }
    }

    private final TestViewer viewer;
    private final ReceivedTrack track;
    private final Map<Long, Gap> gaps = new HashMap<>();
    private final Thread thread;
    private volatile boolean isClosed;

    NackSender(TestViewer viewer, ReceivedTrack track) {
        this.viewer = viewer;
        this.track = track;
        this.thread = Thread.ofPlatform().daemon().name("nack-sender").start(this::run);
    }

    private void run() {
        while (!isClosed) {
            var due = due(track.missing(), System.nanoTime());
            if (!due.isEmpty()) {
                viewer.rtcp(new RtcpPacket.GenericNack(1, track.ssrc(), due));
            }
            Waiting.pause(TICK);
        }
    }

    private List<Integer> due(List<Long> missing, long nowNs) {
        var due = new ArrayList<Integer>();
        gaps.keySet().retainAll(missing);
        for (long number : missing) {
            var gap = gaps.computeIfAbsent(number, _ -> new Gap(nowNs));
            if (nowNs - gap.sinceNs > GIVE_UP_NS) {
                track.abandon(number);
            } else if (nowNs >= gap.askAtNs && due.size() < MESSAGE_PACKETS_MAX) {
                gap.askAtNs = nowNs + AGAIN_NS;
                due.add((int) number & 0xffff);
            }
        }
        return due;
    }

    @Override
    public void close() {
        isClosed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
