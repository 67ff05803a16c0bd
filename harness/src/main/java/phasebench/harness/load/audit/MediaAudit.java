package phasebench.harness.load.audit;

import org.jspecify.annotations.Nullable;
import phasebench.harness.load.media.FrameStamp;
import phasebench.harness.load.media.FrameWindow;
import phasebench.harness.load.media.NalUnits;
import phasebench.harness.load.wire.Rtcp;
import phasebench.harness.load.wire.RtpHeader;
import phasebench.harness.load.wire.SrtpContext;

/// The audit of every RTP packet that one viewer gets. Belongs to the receiving thread.
///
/// It decrypts packets until one tells its frame; from then on SSRC, sequence and timestamp offsets are known and
/// headers suffice. Of a seeded share of
/// the packets it goes on to check authentication and content.
public final class MediaAudit {
    /// Longest packet that is taken.
    public static final int DATAGRAM_BYTES_MAX = 2048;

    private static final int SEQUENCES_PER_ROLLOVER = 1 << 16;

    private final StreamView stream;
    private final int payloadType;
    private final SrtpContext receive;
    private final SampleShare share;
    private final SequenceAudit sequences = new SequenceAudit();
    private final FrameAudit frames;
    private final SignCounts signs = new SignCounts();
    private final byte[] clear = new byte[DATAGRAM_BYTES_MAX];

    private boolean isLearned;
    private int ssrc;
    private long nearFrame;
    private int nearTimestamp;
    private long previousTransitTicks;
    private double jitterTicks;
    private long lastArrivalNs;

    /// NAL units in the packet that is being verified.
    private int opened;

    private @Nullable FrameWindow window;
    private @Nullable WindowTally tally;
    private long packetsReceived;
    private long packetsDuplicated;
    private long packetsReordered;
    private boolean isPartial;
    private long packetsOutside;

    public MediaAudit(StreamView stream, int payloadType, SrtpContext receive, SampleShare share) {
        this.stream = stream;
        this.payloadType = payloadType;
        this.receive = receive;
        this.share = share;
        this.frames = new FrameAudit(stream.source()::unitCount);
    }

    /// Whether frames come that the viewer can name.
    public boolean isLearned() {
        return isLearned;
    }

    /// Which frame a timestamp belongs to; makes sense once the stream is learned.
    public FrameClock clock() {
        return new FrameClock(stream.grid(), nearFrame, nearTimestamp);
    }

    /// Begins a window whose first frame is not out yet.
    public void begin(FrameWindow begun, WindowTally shared) {
        window = begun;
        tally = shared;
        packetsReceived = 0;
        packetsDuplicated = 0;
        packetsReordered = 0;
        signs.clear();
        isPartial = false;
        packetsOutside = 0;
        frames.begin(begun);
    }

    /// Begins, in the middle of a window, with the first frame that is not out yet.
    public void beginLate(FrameWindow open, WindowTally shared) {
        long before = packetsOutside;
        begin(part(open, nextFrame(), open.endFrame()), shared);
        isPartial = true;
        packetsOutside = before;
    }

    /// Ends, in the middle of a window, with the last frame that is out; what is under way of it still counts.
    public void endEarly() {
        FrameWindow open = window;
        if (open != null) {
            FrameWindow shorter = part(open, open.firstFrame(), nextFrame());
            window = shorter;
            frames.shorten(shorter);
            packetsOutside = packetsOutside();
            isPartial = true;
        }
    }

    private long nextFrame() {
        return stream.drive().newestFrame() + 1;
    }

    private static FrameWindow part(FrameWindow open, long firstFrame, long endFrame) {
        FrameWindow part = new FrameWindow(Math.clamp(firstFrame, open.firstFrame(), open.endFrame()));
        part.endBefore(Math.clamp(endFrame, part.firstFrame(), open.endFrame()));
        return part;
    }

    /// RTP packets that came to a viewer who was there for a part of the window, outside of that part: before its first
    /// frame was known, or while it was leaving.
    public long packetsOutside() {
        return isPartial ? packetsOutside : 0;
    }

    /// Ends the window and says what came of it.
    public ViewerTally end(int viewer, boolean isConnected) {
        FrameWindow ended = window;
        if (ended == null) {
            throw new IllegalStateException("no window is open");
        }
        frames.end();
        window = null;
        tally = null;
        return new ViewerTally(
                viewer,
                isConnected,
                ended.endFrame() - ended.firstFrame(),
                frames.framesComplete(),
                packetsReceived,
                frames.packetsLost(),
                packetsDuplicated,
                packetsReordered,
                signs.read(
                        ssrc, new ViewerSigns.Frames(frames.framesLostBeforeNumbering(), frames.framesMissingAtEnd())));
    }

    /// Takes an RTP packet, still encrypted.
    public void packet(byte[] packet, int length, long nowNs) {
        if (RtpHeader.headerBytes(packet, length) < 0) {
            if (mismatch(nowNs)) {
                signs.foreign();
            }
        } else if (!isLearned) {
            learn(packet, length, nowNs);
        } else if (RtpHeader.ssrc(packet) != ssrc || RtpHeader.payloadType(packet) != payloadType) {
            if (mismatch(nowNs)) {
                signs.foreign(RtpHeader.ssrc(packet));
            }
        } else {
            audit(packet, length, nowNs);
        }
    }

    private void learn(byte[] packet, int length, long nowNs) {
        packetsOutside++;
        if (RtpHeader.payloadType(packet) != payloadType) {
            return;
        }
        int extended = SEQUENCES_PER_ROLLOVER + RtpHeader.sequence(packet);
        int bytes = decrypt(packet, length, extended);
        if (bytes < 0) {
            return;
        }
        NalUnits.eachInPayload(clear, RtpHeader.headerBytes(clear, bytes), bytes, (unit, from, end) -> {
            FrameStamp stamp = FrameStamp.ofNalUnit(unit, from, end);
            if (stamp != null) {
                isLearned = true;
                ssrc = RtpHeader.ssrc(packet);
                nearFrame = stamp.frameIndex();
                nearTimestamp = RtpHeader.timestamp(packet);
            }
            return stamp == null;
        });
        if (isLearned) {
            lastArrivalNs = nowNs;
            sequences.accept(extended);
            frames.packet(nearFrame, extended, RtpHeader.marker(packet));
        }
    }

    private void audit(byte[] packet, int length, long nowNs) {
        int extended = sequences.extend(RtpHeader.sequence(packet));
        int timestamp = RtpHeader.timestamp(packet);
        long frame = stream.grid().frameIndex(nearFrame, timestamp - nearTimestamp);
        if (frame < 0 || frame > stream.drive().newestFrame()) {
            if (mismatch(nowNs)) {
                signs.offGrid();
            }
            return;
        }
        boolean isCounted = window != null && window.contains(frame);
        packetsOutside += isCounted ? 0 : 1;
        SequenceAudit.Arrival arrival = sequences.accept(extended);
        if (arrival == SequenceAudit.Arrival.DUPLICATE) {
            packetsDuplicated += isCounted ? 1 : 0;
            return;
        }
        boolean marker = RtpHeader.marker(packet);
        frames.packet(frame, extended, marker);
        if (frame > nearFrame) {
            nearFrame = frame;
            nearTimestamp = timestamp;
        }
        if (marker) {
            stream.drive().delivered(frame);
        }
        measureJitter(timestamp, nowNs);
        if (isCounted && tally != null) {
            packetsReceived++;
            packetsReordered += arrival == SequenceAudit.Arrival.REORDERED ? 1 : 0;
            long latencyNs = nowNs - stream.drive().dueNs(frame);
            tally.latency(latencyNs);
            signs.arrived(latencyNs, nowNs - lastArrivalNs);
        }
        lastArrivalNs = nowNs;
        if (share.contains(extended)) {
            verify(packet, length, extended, frame, isCounted ? tally : null);
        }
    }

    private void verify(byte[] packet, int length, int extended, long frame, @Nullable WindowTally counting) {
        int bytes = decrypt(packet, length, extended);
        boolean isAuthentic = bytes >= 0;
        opened = 0;
        boolean isPublished = isAuthentic
                && NalUnits.eachInPayload(clear, RtpHeader.headerBytes(clear, bytes), bytes, (unit, from, end) -> {
                    opened += NalUnits.isParameterSet(unit, from) ? 0 : 1;
                    return stream.source().isPublished(frame, unit, from, end);
                });
        if (isPublished) {
            frames.opened(frame, opened);
        }
        if (counting != null) {
            counting.verified(isAuthentic);
            if (!isAuthentic) {
                signs.notAuthentic();
            } else if (!isPublished) {
                counting.mismatch();
                signs.otherContent();
            }
        }
    }

    /// @return length of the clear packet, or -1
    private int decrypt(byte[] packet, int length, int extended) {
        System.arraycopy(packet, 0, clear, 0, length);
        return receive.unprotectRtp(clear, length, extended - (long) SEQUENCES_PER_ROLLOVER);
    }

    /// @return whether it counts in a window
    private boolean mismatch(long nowNs) {
        boolean isCounted = tally != null && tally.isOpenAt(nowNs);
        if (isCounted && tally != null) {
            tally.mismatch();
        }
        return isCounted;
    }

    /// Interarrival jitter by RFC 3550, appendix A.8.
    private void measureJitter(int timestamp, long nowNs) {
        long transit = nowNs * 9 / 100_000 - timestamp;
        int difference = (int) (transit - previousTransitTicks);
        previousTransitTicks = transit;
        jitterTicks += (Math.abs(difference) - jitterTicks) / 16;
    }

    /// What an RR says of the stream; fraction lost is left at zero, as loss is audited here and not by the relay.
    public Rtcp.ReportBlock reportBlock(int lastSenderReport, int sinceSenderReport) {
        int lost = Math.max(0, sequences.expectedCount() - sequences.receivedCount());
        return new Rtcp.ReportBlock(
                ssrc,
                0,
                Math.min(lost, 0x7f_ffff),
                sequences.highest() - SEQUENCES_PER_ROLLOVER,
                (int) Math.min(jitterTicks, Integer.MAX_VALUE),
                lastSenderReport,
                sinceSenderReport);
    }
}
