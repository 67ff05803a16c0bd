package phasebench.harness.load.viewer;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.audit.MediaAudit;
import phasebench.harness.load.audit.TrackPart;
import phasebench.harness.load.audit.ViewerTally;
import phasebench.harness.load.audit.WindowTally;
import phasebench.harness.load.media.FrameGrid;
import phasebench.harness.load.media.FrameWindow;
import phasebench.harness.load.media.StreamWindow;
import phasebench.harness.load.media.TrackKind;
import phasebench.harness.load.receive.DatagramSink;
import phasebench.harness.load.receive.ViewerPath;
import phasebench.harness.load.wire.Bytes;
import phasebench.harness.load.wire.StunMessage;

/// What one viewer does: ICE checks, receiver reports, and the audit of what comes in.
///
/// The receiving thread owns it; the joining thread sends its first packets and takes DTLS records from a queue.
final class Viewer implements DatagramSink {
    private static final int DTLS_QUEUE_MAX = 64;
    private static final long CONSENT_NS = 2_500_000_000L;

    /// A peer that answered no check for so long has withdrawn consent (RFC 7675, section 5.1).
    private static final long CONSENT_LOST_NS = 30 * FrameGrid.SECOND_NS;

    private static final int DTLS_ALERT = 21;

    private final int index;
    private final SdpAnswer answer;
    private final SdpOffer offer;
    private final ViewerPath path;
    private final ViewerReceiver receiver;
    private final SplittableRandom random;
    private final BlockingQueue<byte[]> dtlsRecords = new ArrayBlockingQueue<>(DTLS_QUEUE_MAX);
    private final CountDownLatch checked = new CountDownLatch(1);
    private final byte[] packet = new byte[DATAGRAM_BYTES_MAX];

    private boolean isConnected;
    private boolean isWaiting;
    private long countedBefore;
    private @Nullable ViewerRtcp rtcp;

    /// One for each track, that of the video first; none when the kernel counts the media.
    private MediaAudit[] audits = {};

    private @Nullable ViewerFeedback feedback;
    private @Nullable WindowTally tally;
    private @Nullable StreamWindow openWindow;
    private Consumer<Viewer> begun = _ -> {};
    private volatile @Nullable String ended;
    private volatile boolean isLearned;
    private volatile boolean isVideoLearned;
    private volatile long learnedNs;
    private volatile boolean isReading;
    private int stunErrorCode;
    private long lastConsentNs;
    private long nextConsentNs;

    /// @param random what the viewer's transaction ids and timers follow from
    Viewer(
            int index,
            SdpOffer offer,
            SdpAnswer answer,
            ViewerPath path,
            ViewerReceiver receiver,
            SplittableRandom random) {
        this.index = index;
        this.offer = offer;
        this.answer = answer;
        this.path = path;
        this.receiver = receiver;
        this.random = random;
        path.deliverTo(this);
    }

    int index() {
        return index;
    }

    SocketAddress relayAddress() {
        return answer.address();
    }

    CountDownLatch checked() {
        return checked;
    }

    BlockingQueue<byte[]> dtlsRecords() {
        return dtlsRecords;
    }

    /// Why the viewer is no longer connected, or null.
    @Nullable
    String ended() {
        return ended;
    }

    /// Whether frames come that the viewer can name; any thread may ask.
    boolean isLearned() {
        return isLearned;
    }

    /// Error code of the last STUN error response, 0 when there was none.
    int stunErrorCode() {
        return stunErrorCode;
    }

    void send(byte[] bytes, int length) throws IOException {
        path.send(bytes, length);
    }

    /// Sends a nominating connectivity check; also the consent check (RFC 7675).
    void sendCheck() throws IOException {
        byte[] transaction = new byte[StunMessage.TRANSACTION_BYTES];
        for (int i = 0; i < transaction.length; i += 4) {
            Bytes.putInt(transaction, i, random.nextInt());
        }
        byte[] request = StunMessage.bindingRequest(
                transaction, answer.username() + ":" + offer.username(), answer.password(), random.nextLong());
        send(request, request.length);
    }

    /// Begins to take media, on the receiving thread.
    ///
    /// @param auditing one for each track, that of the video first; none when the kernel counts the media
    /// @param isAsking whether the viewer asks for what it misses
    void connected(ViewerKeys agreed, List<MediaAudit> auditing, boolean isAsking, long nowNs) {
        isConnected = true;
        audits = auditing.toArray(MediaAudit[]::new);
        isReading = !auditing.isEmpty();
        lastConsentNs = nowNs;
        nextConsentNs = nowNs + jittered(CONSENT_NS);
        long firstReportNs = nowNs + random.nextLong(FrameGrid.SECOND_NS);
        ViewerRtcp reporting = new ViewerRtcp(agreed, random.nextInt(), "viewer" + index, firstReportNs);
        rtcp = reporting;
        if (isAsking) {
            feedback = new ViewerFeedback(reporting, answer.feedback(), nowNs);
        }
        if (auditing.isEmpty()) {
            countedBefore = packetsCounted();
        }
    }

    private long packetsCounted() {
        try {
            return receiver.packetsCounted();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// 0.8 to 1.2 times a period (RFC 7675, section 5.1).
    private long jittered(long periodNs) {
        return (long) (periodNs * (0.8 + 0.4 * random.nextDouble()));
    }

    /// Demultiplexes by the first bytes (RFC 7983; RFC 5761, section 4).
    @Override
    public boolean datagram(MemorySegment memory, long at, int length, long nowNs) {
        if (length < 2) {
            return false;
        }
        if (DatagramSink.isMedia(memory, at, length)) {
            media(memory, at, length, nowNs);
            return true;
        }
        MemorySegment.copy(memory, JAVA_BYTE, at, packet, 0, length);
        int first = packet[0] & 0xff;
        if (first >= 128 && first <= 191) {
            if (rtcp != null) {
                rtcp.receive(packet, length, nowNs, tally);
            }
        } else if (first >= 20 && first <= 63) {
            dtls(first, length);
        } else if (StunMessage.isStun(packet, length)) {
            stun(length, nowNs);
        }
        return false;
    }

    @Override
    public long approach() {
        long read = 0;
        for (MediaAudit audit : audits) {
            read += audit.approach();
        }
        return read;
    }

    private void media(MemorySegment memory, long at, int length, long nowNs) {
        if (audits.length == 0) {
            return;
        }
        MediaAudit auditing = audits.length == 1 ? audits[0] : auditOf(DatagramSink.payloadType(memory, at));
        auditing.packet(memory, at, length, nowNs);
        if (!isLearned) {
            learn(nowNs);
        }
        if (!isWaiting && auditing.isWaiting()) {
            isWaiting = true;
            receiver.addWaiting(this);
        }
    }

    /// What belongs to no track is the video's to complain of.
    private MediaAudit auditOf(int payloadType) {
        for (MediaAudit audit : audits) {
            if (audit.payloadType() == payloadType) {
                return audit;
            }
        }
        return audits[0];
    }

    private void learn(long nowNs) {
        if (!isVideoLearned && audits[0].isLearned()) {
            isVideoLearned = true;
            learnedNs = nowNs;
        }
        boolean isAllLearned = true;
        for (MediaAudit audit : audits) {
            isAllLearned &= audit.isLearned();
        }
        if (isAllLearned) {
            learned();
            path.headersSuffice();
        }
    }

    /// Gives up or asks for what is missing. Only pictures are asked for again: what is missing of a sound is concealed
    /// sooner.
    ///
    /// @return whether the viewer still waits for packets
    boolean recover(long nowNs) {
        isWaiting = false;
        for (MediaAudit audit : audits) {
            boolean isAnyGivenUp = audit.giveUp(nowNs);
            ViewerFeedback asking = feedback;
            if (asking != null && ended == null && audit.kind() == TrackKind.VIDEO) {
                try {
                    asking.tick(nowNs, isAnyGivenUp, audit, this, tally);
                } catch (IOException e) {
                    failed("cannot send: " + e.getMessage());
                }
            }
            isWaiting |= audit.isWaiting();
        }
        return isWaiting;
    }

    private void learned() {
        isLearned = true;
        beginLate();
    }

    private void stun(int length, long nowNs) {
        switch (StunMessage.type(packet)) {
            case StunMessage.BINDING_SUCCESS -> {
                if (StunMessage.isAuthentic(packet, length, answer.password())) {
                    lastConsentNs = nowNs;
                    checked.countDown();
                }
            }
            case StunMessage.BINDING_ERROR -> stunErrorCode = StunMessage.errorCode(packet, length);
            default -> {
                // an ICE-lite relay sends no requests; another's would go unanswered, which is its loss only
            }
        }
    }

    /// Hands a record to the joining thread; behind the handshake an alert can only mean that the relay leaves.
    private void dtls(int contentType, int length) {
        if (isConnected && contentType == DTLS_ALERT) {
            failed("relay closed the DTLS connection");
        } else if (!isConnected) {
            dtlsRecords.offer(Arrays.copyOf(packet, length));
        }
    }

    /// Sends what is due by now: consent checks and receiver reports.
    void tick(long nowNs) {
        if (rtcp == null || ended != null) {
            return;
        }
        if (!isLearned && audits.length == 0 && packetsCounted() > countedBefore) {
            learned();
        }
        try {
            rtcp.tick(nowNs, audits, this);
            if (nowNs >= nextConsentNs) {
                nextConsentNs += jittered(CONSENT_NS);
                sendCheck();
            }
        } catch (IOException e) {
            failed("cannot send: " + e.getMessage());
        }
        if (nowNs - lastConsentNs > CONSENT_LOST_NS) {
            failed("relay answered no STUN request for 30 s");
        }
    }

    @Override
    public void failed(String reason) {
        if (ended == null) {
            ended = reason;
        }
    }

    void begin(StreamWindow window, WindowTally shared) {
        tally = shared;
        for (int i = 0; i < audits.length; i++) {
            audits[i].begin(window.tracks().get(i), shared);
        }
    }

    /// The frames of each track that count for the viewer, with which timestamps they have; none when it reads
    /// no media, or no window is open. For the receiving thread.
    List<TrackPart> parts() {
        List<TrackPart> parts = new ArrayList<>();
        for (MediaAudit audit : audits) {
            FrameWindow window = audit.window();
            if (window != null) {
                parts.add(new TrackPart(audit.kind(), audit.clock(), window));
            }
        }
        return parts;
    }

    /// Begins in the middle of a window, as soon as frames come that the viewer can name.
    ///
    /// @param whenBegun hears of it, on the receiving thread
    void beginWhenLearned(StreamWindow open, WindowTally shared, Consumer<Viewer> whenBegun) {
        openWindow = open;
        begun = whenBegun;
        tally = shared;
        if (isLearned) {
            beginLate();
        }
    }

    private void beginLate() {
        StreamWindow open = openWindow;
        WindowTally counting = tally;
        if (open != null && counting != null && audits.length > 0) {
            for (int i = 0; i < audits.length; i++) {
                audits[i].beginLate(open.tracks().get(i), counting);
            }
            openWindow = null;
            begun.accept(this);
        }
    }

    /// Ends in the middle of a window: what is under way still counts, what is not out yet does not.
    void endEarly() {
        for (MediaAudit audit : audits) {
            audit.endEarly();
        }
    }

    /// When the first frame of the video came that the viewer could name (System.nanoTime); meaningless before
    /// [#isLearned], and for a viewer whose media the kernel counts.
    long learnedNs() {
        return learnedNs;
    }

    /// Whether the viewer reads its media, instead of the kernel counting it.
    boolean isReading() {
        return isReading;
    }

    /// Local port of a socket that no other viewer shares, for the kernel's drop counts; none if others do.
    Set<Integer> ownPort() {
        return path.hasOwnSocket() ? Set.of(path.localPort()) : Set.of();
    }

    /// Distinct RTP packets of the open window that have come so far.
    long packetsReceived() {
        long packets = 0;
        for (MediaAudit audit : audits) {
            packets += audit.packetsReceived();
        }
        return packets;
    }

    /// RTP packets that came outside of the viewer's part of a window.
    long packetsOutside() {
        long packets = 0;
        for (MediaAudit audit : audits) {
            packets += audit.packetsOutside();
        }
        return packets;
    }

    /// One for each track.
    List<ViewerTally> endWindow() {
        if (!isConnected) {
            throw new IllegalStateException("viewer " + index + " never connected");
        }
        tally = null;
        boolean isCame = openWindow != null; // in the window, and no frame came to it
        openWindow = null;
        if (audits.length == 0 || isCame) {
            return List.of(ViewerTally.withoutFrames(index, ended == null));
        }
        return Arrays.stream(audits)
                .map(audit -> audit.end(index, ended == null))
                .toList();
    }

    /// Tracks of which no frame has come that the viewer could name; for any thread, and for people.
    String awaited() {
        return isVideoLearned && !isLearned ? " (video, but no audio)" : "";
    }

    void close() {
        path.close();
    }
}
