package phasebench.harness.load.publisher;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.media.FrameDrive;
import phasebench.harness.load.media.FrameGrid;
import phasebench.harness.load.media.FrameSource;
import phasebench.harness.load.media.FrameWindow;
import phasebench.harness.load.wire.Rtcp;
import phasebench.harness.load.wire.RtpHeader;
import phasebench.scenarios.Transport;

/// One stream's RTSP publisher: a platform thread that sends each frame when the drive lets it go.
public final class Publisher implements AutoCloseable {
    private static final long SENDER_REPORT_NS = 5 * FrameGrid.SECOND_NS;
    private static final long KEEP_ALIVE_NS = 20 * FrameGrid.SECOND_NS;

    /// Delays up to this are told apart in the histogram; longer ones count as this long.
    private static final long DELAY_NS_MAX = 60 * FrameGrid.SECOND_NS;

    private final String name;
    private final FrameSource source;
    private final FrameGrid grid;
    private final RtspSession session;
    private final int ssrc;
    private volatile @Nullable Thread sender;

    private volatile boolean isStopping;
    private volatile @Nullable String failure;
    private volatile @Nullable Tally tally;

    private byte[] packets = new byte[1 << 16];
    private final int[] lengths = new int[2048];
    private int sequence;
    private int packetCount;
    private int octetCount;

    /// What was sent of one window's frames; written by the sender, read when the window is over.
    public static final class Tally {
        private final FrameWindow window;
        private final Histogram delayNs = newDelayHistogram();
        private volatile long framesSent;

        Tally(FrameWindow window) {
            this.window = window;
        }

        @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
        private void sent(long lateNs) {
            delayNs.recordValue(Math.clamp(lateNs, 0, DELAY_NS_MAX));
            framesSent++;
        }

        /// Frames of the window that left.
        public long framesSent() {
            return framesSent;
        }

        /// Time between due and sent, one value per frame.
        public Histogram delayNs() {
            return delayNs;
        }
    }

    private Publisher(String name, FrameSource source, FrameGrid grid, RtspSession session, int ssrc) {
        this.name = name;
        this.source = source;
        this.grid = grid;
        this.session = session;
        this.ssrc = ssrc;
        this.sequence = ssrc >>> 17; // below 2^15, as RFC 3711 (section 3.3.1) advises
    }

    /// An empty histogram of delays behind the schedule.
    public static Histogram newDelayHistogram() {
        return new Histogram(1_000, DELAY_NS_MAX, 3);
    }

    /// Announces a stream; frames go out from [#start] on.
    ///
    /// @throws IOException if the relay cannot be reached or refuses
    public static Publisher announce(
            URI uri, String name, FrameSource source, Transport transport, FrameGrid grid, int ssrc)
            throws IOException {
        RtspSession session = RtspSession.record(uri, source, transport);
        Publisher publisher = new Publisher(name, source, grid, session, ssrc);
        Thread.ofVirtual().name("rtsp-drain-" + name).start(publisher::drain);
        return publisher;
    }

    /// Begins to send frames, from frame 0 on.
    public void start(FrameDrive drive) {
        sender = Thread.ofPlatform().name("publisher-" + name).start(() -> send(drive));
    }

    /// Counts the frames of a window, from now on.
    public Tally count(FrameWindow window) {
        Tally counted = new Tally(window);
        tally = counted;
        return counted;
    }

    /// What ended the publisher, or null while all is well.
    public @Nullable String failure() {
        return failure;
    }

    private void drain() {
        String reason = session.drain();
        if (reason != null && failure == null) {
            failure = "stream " + name + ": " + reason;
        }
    }

    private void send(FrameDrive drive) {
        try {
            long nextReportNs = System.nanoTime();
            long nextKeepAliveNs = nextReportNs + KEEP_ALIVE_NS;
            long frame = 0;
            while (!isStopping) {
                long dueNs = drive.awaitFrame(frame);
                if (dueNs != FrameDrive.NOT_YET) {
                    Tally counting = tally;
                    if (counting != null && counting.window.contains(frame)) {
                        counting.sent(System.nanoTime() - dueNs);
                    }
                    sendFrame(frame, source.nalUnits(frame, dueNs));
                    frame++;
                }
                if (System.nanoTime() >= nextReportNs) {
                    sendReport(frame);
                    nextReportNs += SENDER_REPORT_NS;
                }
                if (System.nanoTime() >= nextKeepAliveNs) {
                    session.keepAlive();
                    nextKeepAliveNs += KEEP_ALIVE_NS;
                }
            }
        } catch (IOException e) {
            if (!isStopping && failure == null) {
                failure = "stream " + name + ": cannot send to the relay: " + e.getMessage();
            }
        } catch (InterruptedException _) {
            // stopped while waiting for the next frame
        }
    }

    private void sendFrame(long frame, List<byte[]> units) throws IOException {
        int timestamp = grid.timestamp(frame);
        int at = 0;
        for (int i = 0; i < units.size(); i++) {
            byte[] unit = units.get(i);
            int bytes = RtpHeader.FIXED_BYTES + unit.length;
            if (at + RtspSession.INTERLEAVED_BYTES + bytes > packets.length) {
                packets = Arrays.copyOf(packets, 2 * packets.length);
            }
            at += RtspSession.INTERLEAVED_BYTES;
            int marker = i == units.size() - 1 ? 0x80 : 0;
            RtpHeader.write(packets, at, marker | RtspSession.PAYLOAD_TYPE, sequence++, timestamp, ssrc);
            System.arraycopy(unit, 0, packets, at + RtpHeader.FIXED_BYTES, unit.length);
            at += bytes;
            lengths[i] = bytes;
            octetCount += unit.length;
        }
        packetCount += units.size();
        session.sendFrame(packets, lengths, units.size());
    }

    private void sendReport(long frame) throws IOException {
        byte[] report = new byte[Rtcp.BYTES_MAX];
        long unixNs = System.currentTimeMillis() * 1_000_000;
        Rtcp.SenderState state = new Rtcp.SenderState(ssrc, grid.timestamp(frame), packetCount, octetCount);
        int bytes = Rtcp.writeSenderReport(report, RtspSession.INTERLEAVED_BYTES, unixNs, state);
        session.sendRtcp(report, bytes);
    }

    /// Stops sending and leaves with TEARDOWN.
    @Override
    public void close() {
        isStopping = true;
        Thread sending = sender;
        if (sending != null) {
            sending.interrupt();
        }
        session.close();
        try {
            if (sending != null) {
                sending.join(2_000);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
