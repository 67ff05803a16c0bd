package phasebench.harness.load.publisher;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.media.FrameDrive;
import phasebench.harness.load.media.FrameGrid;
import phasebench.harness.load.media.FrameSource;
import phasebench.harness.load.media.StreamWindow;
import phasebench.harness.load.wire.Rtcp;
import phasebench.harness.load.wire.RtpHeader;
import phasebench.scenarios.Transport;

/// One stream's RTSP publisher: a platform thread that sends the frames of all tracks in the order of their
/// media times, each when its drive lets it go.
public final class Publisher implements AutoCloseable {
    private static final long SENDER_REPORT_NS = 5 * FrameGrid.SECOND_NS;
    private static final long KEEP_ALIVE_NS = 20 * FrameGrid.SECOND_NS;

    /// Delays up to this are told apart in the histogram; longer ones count as this long.
    private static final long DELAY_NS_MAX = 60 * FrameGrid.SECOND_NS;

    private final String name;
    private final RtspSession session;
    private final List<Sending> tracks;
    private volatile @Nullable Thread sender;

    private volatile boolean isStopping;
    private volatile @Nullable String failure;
    private volatile @Nullable Tally tally;

    private byte[] packets = new byte[1 << 16];
    private final int[] lengths = new int[2048];

    /// What leaves as one track.
    ///
    /// @param ssrc also what its sequence numbers begin with
    public record Source(FrameSource frames, FrameGrid grid, int ssrc) {}

    /// How far a track is; belongs to the sender.
    private static final class Sending {
        private final int index;
        private final Source source;
        private final int ssrc;
        private long nextFrame;
        private int sequence;
        private int packetCount;
        private int octetCount;

        Sending(int index, Source source) {
            this.index = index;
            this.source = source;
            this.ssrc = source.ssrc();
            this.sequence = ssrc >>> 17; // below 2^15, as RFC 3711 (section 3.3.1) advises
        }

        boolean isBefore(Sending other) {
            return source.grid().isBefore(nextFrame, other.source.grid(), other.nextFrame);
        }
    }

    /// What was sent of one window's frames; written by the sender, read when the window is over.
    public static final class Tally {
        private final StreamWindow window;
        private final Histogram delayNs = newDelayHistogram();
        private volatile long framesSent;

        Tally(StreamWindow window) {
            this.window = window;
        }

        @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
        private void sent(long lateNs) {
            delayNs.recordValue(Math.clamp(lateNs, 0, DELAY_NS_MAX));
            framesSent++;
        }

        private boolean counts(Sending track) {
            return window.tracks().get(track.index).contains(track.nextFrame);
        }

        /// Frames of the window that left, of all tracks.
        public long framesSent() {
            return framesSent;
        }

        /// Time between due and sent, one value per frame.
        public Histogram delayNs() {
            return delayNs;
        }
    }

    private Publisher(String name, List<Source> sources, RtspSession session) {
        this.name = name;
        this.session = session;
        this.tracks = IntStream.range(0, sources.size())
                .mapToObj(i -> new Sending(i, sources.get(i)))
                .toList();
    }

    /// An empty histogram of delays behind the schedule.
    public static Histogram newDelayHistogram() {
        return new Histogram(1_000, DELAY_NS_MAX, 3);
    }

    /// Announces a stream; frames go out from [#start] on.
    ///
    /// @param sources one for each track, that of the video first
    /// @throws IOException if the relay cannot be reached or refuses
    public static Publisher announce(URI uri, String name, List<Source> sources, Transport transport)
            throws IOException {
        RtspSession session =
                RtspSession.record(uri, sources.stream().map(Source::frames).toList(), transport);
        Publisher publisher = new Publisher(name, sources, session);
        Thread.ofVirtual().name("rtsp-drain-" + name).start(publisher::drain);
        return publisher;
    }

    /// Begins to send frames, from frame 0 of each track on.
    ///
    /// @param drives one for each track
    public void start(List<FrameDrive> drives) {
        sender = Thread.ofPlatform().name("publisher-" + name).start(() -> send(drives));
    }

    /// Counts the frames of a window, from now on.
    public Tally count(StreamWindow window) {
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

    private void send(List<FrameDrive> drives) {
        try {
            long nextReportNs = System.nanoTime();
            long nextKeepAliveNs = nextReportNs + KEEP_ALIVE_NS;
            while (!isStopping) {
                Sending track = next();
                long dueNs = drives.get(track.index).awaitFrame(track.nextFrame);
                if (dueNs != FrameDrive.NOT_YET) {
                    Tally counting = tally;
                    if (counting != null && counting.counts(track)) {
                        counting.sent(System.nanoTime() - dueNs);
                    }
                    sendFrame(track, track.source.frames().payloads(track.nextFrame, dueNs));
                    track.nextFrame++;
                }
                if (System.nanoTime() >= nextReportNs) {
                    for (Sending reported : tracks) {
                        sendReport(reported);
                    }
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

    /// The track whose next frame is first in media time; of those at the same time the first, which is the video.
    private Sending next() {
        Sending first = tracks.getFirst();
        for (Sending track : tracks) {
            first = track.isBefore(first) ? track : first;
        }
        return first;
    }

    private void sendFrame(Sending track, List<byte[]> payloads) throws IOException {
        int timestamp = track.source.grid().timestamp(track.nextFrame);
        boolean hasMarkers = track.source.frames().kind().hasMarkers();
        int at = 0;
        for (int i = 0; i < payloads.size(); i++) {
            byte[] payload = payloads.get(i);
            int bytes = RtpHeader.FIXED_BYTES + payload.length;
            if (at + RtspSession.INTERLEAVED_BYTES + bytes > packets.length) {
                packets = Arrays.copyOf(packets, 2 * packets.length);
            }
            at += RtspSession.INTERLEAVED_BYTES;
            int marker = hasMarkers && i == payloads.size() - 1 ? 0x80 : 0;
            int type = RtspSession.payloadType(track.index);
            RtpHeader.write(packets, at, marker | type, track.sequence++, timestamp, track.ssrc);
            System.arraycopy(payload, 0, packets, at + RtpHeader.FIXED_BYTES, payload.length);
            at += bytes;
            lengths[i] = bytes;
            track.octetCount += payload.length;
        }
        track.packetCount += payloads.size();
        session.sendFrame(track.index, packets, lengths, payloads.size());
    }

    private void sendReport(Sending track) throws IOException {
        byte[] report = new byte[Rtcp.BYTES_MAX];
        long unixNs = System.currentTimeMillis() * 1_000_000;
        int timestamp = track.source.grid().timestamp(track.nextFrame);
        Rtcp.SenderState state = new Rtcp.SenderState(track.ssrc, timestamp, track.packetCount, track.octetCount);
        int bytes = Rtcp.writeSenderReport(report, RtspSession.INTERLEAVED_BYTES, unixNs, state);
        session.sendRtcp(track.index, report, bytes);
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
