package phasebench.harness.load.viewer;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.audit.FrameClock;
import phasebench.harness.load.audit.MediaAudit;
import phasebench.harness.load.audit.ViewerSigns;
import phasebench.harness.load.audit.ViewerTally;
import phasebench.harness.load.audit.WindowTally;
import phasebench.harness.load.media.FrameGrid;
import phasebench.harness.load.media.FrameWindow;
import phasebench.harness.load.wire.Bytes;
import phasebench.harness.load.wire.StunMessage;

/// One viewer's socket and what it does there: ICE checks, receiver reports, and the audit of what comes in.
///
/// The receiving thread owns it; the joining thread sends its first packets and takes DTLS records from a queue.
final class Viewer {
    /// What is asked for; the kernel gives at most net.core.rmem_max.
    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

    /// Datagrams taken from one socket before the next has its turn.
    private static final int DATAGRAMS_PER_TURN_MAX = 512;

    private static final int DTLS_QUEUE_MAX = 64;
    private static final long CONSENT_NS = 2_500_000_000L;

    /// A peer that answered no check for so long has withdrawn consent (RFC 7675, section 5.1).
    private static final long CONSENT_LOST_NS = 30 * FrameGrid.SECOND_NS;

    private static final int DTLS_ALERT = 21;

    private final int index;
    private final SdpAnswer answer;
    private final SdpOffer offer;
    private final DatagramChannel channel;
    private final SplittableRandom random;
    private final BlockingQueue<byte[]> dtlsRecords = new ArrayBlockingQueue<>(DTLS_QUEUE_MAX);
    private final CountDownLatch checked = new CountDownLatch(1);
    private final byte[] packet = new byte[MediaAudit.DATAGRAM_BYTES_MAX];

    private @Nullable ViewerRtcp rtcp;
    private @Nullable MediaAudit audit;
    private @Nullable WindowTally tally;
    private @Nullable FrameWindow openWindow;
    private volatile @Nullable String ended;
    private volatile boolean isLearned;
    private volatile long learnedNs;
    private int stunErrorCode;
    private long lastConsentNs;
    private long nextConsentNs;

    private Viewer(int index, SdpOffer offer, SdpAnswer answer, DatagramChannel channel, SplittableRandom random) {
        this.index = index;
        this.offer = offer;
        this.answer = answer;
        this.channel = channel;
        this.random = random;
    }

    /// Opens the socket, connected to the relay's candidate.
    static Viewer open(int index, SdpOffer offer, SdpAnswer answer, SplittableRandom random) throws IOException {
        InetSocketAddress relay = answer.address();
        boolean isIpv4 = relay.getAddress() instanceof Inet4Address;
        DatagramChannel channel =
                DatagramChannel.open(isIpv4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            channel.configureBlocking(false);
            channel.connect(relay);
            return new Viewer(index, offer, answer, channel, random);
        } catch (IOException e) {
            channel.close();
            throw new IOException("cannot open a UDP socket towards " + relay + ": " + e.getMessage(), e);
        }
    }

    int index() {
        return index;
    }

    SocketAddress relayAddress() {
        return answer.address();
    }

    int localPort() throws IOException {
        return channel.getLocalAddress() instanceof InetSocketAddress local ? local.getPort() : -1;
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
        channel.write(ByteBuffer.wrap(bytes, 0, length));
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
    void connected(ViewerKeys agreed, MediaAudit auditing, long nowNs) {
        audit = auditing;
        lastConsentNs = nowNs;
        nextConsentNs = nowNs + jittered(CONSENT_NS);
        long firstReportNs = nowNs + random.nextLong(FrameGrid.SECOND_NS);
        rtcp = new ViewerRtcp(agreed, random.nextInt(), "viewer" + index, firstReportNs);
    }

    /// 0.8 to 1.2 times a period (RFC 7675, section 5.1).
    private long jittered(long periodNs) {
        return (long) (periodNs * (0.8 + 0.4 * random.nextDouble()));
    }

    /// Takes all datagrams that wait in the socket.
    ///
    /// @return how many were media
    int drain(ByteBuffer buffer) {
        int mediaCount = 0;
        try {
            for (int i = 0; i < DATAGRAMS_PER_TURN_MAX; i++) {
                buffer.clear();
                int length = channel.read(buffer);
                if (length <= 0) {
                    break;
                }
                buffer.flip().get(packet, 0, length);
                mediaCount += datagram(length, System.nanoTime());
            }
        } catch (PortUnreachableException _) {
            end("relay's UDP port " + answer.address() + " is closed");
        } catch (IOException e) {
            end("socket failed: " + e.getMessage());
        }
        return mediaCount;
    }

    /// Demultiplexes by the first bytes (RFC 7983; RFC 5761, section 4).
    private int datagram(int length, long nowNs) {
        int first = packet[0] & 0xff;
        if (first >= 128 && first <= 191 && length >= 2) {
            int second = packet[1] & 0xff;
            if (second >= 192 && second <= 223) {
                if (rtcp != null) {
                    rtcp.receive(packet, length, nowNs, tally);
                }
                return 0;
            }
            if (audit != null) {
                audit.packet(packet, length, nowNs);
                if (!isLearned && audit.isLearned()) {
                    learned(nowNs);
                }
            }
            return 1;
        }
        if (first >= 20 && first <= 63) {
            dtls(first, length);
        } else if (StunMessage.isStun(packet, length)) {
            stun(length, nowNs);
        }
        return 0;
    }

    private void learned(long nowNs) {
        learnedNs = nowNs;
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
        if (audit != null && contentType == DTLS_ALERT) {
            end("relay closed the DTLS connection");
        } else if (audit == null) {
            dtlsRecords.offer(Arrays.copyOf(packet, length));
        }
    }

    /// Sends what is due by now: consent checks and receiver reports.
    void tick(long nowNs) {
        if (audit == null || rtcp == null || ended != null) {
            return;
        }
        try {
            rtcp.tick(nowNs, audit, this);
            if (nowNs >= nextConsentNs) {
                nextConsentNs += jittered(CONSENT_NS);
                sendCheck();
            }
        } catch (IOException e) {
            end("cannot send: " + e.getMessage());
        }
        if (nowNs - lastConsentNs > CONSENT_LOST_NS) {
            end("relay answered no STUN request for 30 s");
        }
    }

    private void end(String reason) {
        if (ended == null) {
            ended = reason;
        }
    }

    void begin(FrameWindow window, WindowTally shared) {
        tally = shared;
        if (audit != null) {
            audit.begin(window, shared);
        }
    }

    /// Which frame a timestamp belongs to; for the receiving thread.
    FrameClock clock() {
        if (audit == null) {
            throw new IllegalStateException("viewer " + index + " never connected");
        }
        return audit.clock();
    }

    /// Begins in the middle of a window, as soon as frames come that the viewer can name.
    void beginWhenLearned(FrameWindow open, WindowTally shared) {
        openWindow = open;
        tally = shared;
        if (isLearned) {
            beginLate();
        }
    }

    private void beginLate() {
        if (openWindow != null && tally != null && audit != null) {
            audit.beginLate(openWindow, tally);
            openWindow = null;
        }
    }

    /// Ends in the middle of a window: what is under way still counts, what is not out yet does not.
    void endEarly() {
        if (audit != null) {
            audit.endEarly();
        }
    }

    /// When the first frame came that the viewer could name (System.nanoTime); meaningless before [#isLearned].
    long learnedNs() {
        return learnedNs;
    }

    /// RTP packets that came outside of the viewer's part of a window.
    long packetsOutside() {
        return audit == null ? 0 : audit.packetsOutside();
    }

    ViewerTally endWindow() {
        if (audit == null) {
            throw new IllegalStateException("viewer " + index + " never connected");
        }
        tally = null;
        boolean isConnected = ended == null;
        if (openWindow != null) { // it came in the window, and no frame came to it
            openWindow = null;
            return new ViewerTally(index, isConnected, 0, 0, 0, 0, 0, 0, ViewerSigns.NONE);
        }
        return audit.end(index, isConnected);
    }

    void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // nothing is left to be done with it
        }
    }
}
