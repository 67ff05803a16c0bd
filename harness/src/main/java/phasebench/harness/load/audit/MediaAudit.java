package phasebench.harness.load.audit;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.media.FrameStamp;
import phasebench.harness.load.media.FrameWindow;
import phasebench.harness.load.media.Track;
import phasebench.harness.load.media.TrackKind;
import phasebench.harness.load.wire.Rtcp;
import phasebench.harness.load.wire.RtpHeader;
import phasebench.harness.load.wire.SrtpContext;

/// The audit of every RTP packet that one viewer gets of one track. Belongs to the receiving thread.
///
/// It decrypts packets until one tells its frame; from then on SSRC, sequence and timestamp offsets are known and
/// headers suffice: they are read where the kernel put them, and nothing is copied or allocated. Of a seeded share of
/// the packets it goes on to check authentication and content.
public final class MediaAudit {
    private static final int CLEAR_BYTES_MAX = 2048;
    private static final int MARKER = 1 << 23;

    /// As long as libwebrtc takes the way to be before it knows (nack_requester.cc, kDefaultRttMs).
    private static final long ROUND_TRIP_NS_FIRST = 100_000_000;

    /// The period of libwebrtc's timer for NACKs (nack_periodic_processor.h, kUpdateInterval): no question is repeated
    /// sooner.
    private static final long ROUND_TRIP_NS_MIN = 20_000_000;

    private static final int SEQUENCES_PER_ROLLOVER = 1 << 16;

    private final Track track;
    private final int payloadType;

    /// What a packet that ends its frame bears in its first word; no bit where every packet does.
    private final int endMask;

    private final SrtpContext receive;
    private final SampleShare share;
    private final SequenceAudit sequences = new SequenceAudit();
    private final FrameAudit frames;
    private final SignCounts signs = new SignCounts();
    private final byte[] clear = new byte[CLEAR_BYTES_MAX];
    private final Patience patience;
    private final MissingPackets missing;
    private final Playout playout;

    private boolean isLearned;
    private int ssrc;
    private long nearFrame;
    private int nearTimestamp;
    private long nearDueNs;
    private long roundTripNs = ROUND_TRIP_NS_FIRST;
    private boolean hasOverflown;

    /// The last of the window's frames that were shown in time without interruption. What goes well is accounted for
    /// here, so that it touches no more memory: the playout is told when something does not.
    private long shownInTime;

    private boolean isSmooth;
    private boolean hasTransit;
    private long previousTransitTicks;
    private double jitterTicks;
    private long lastArrivalNs;

    private @Nullable FrameWindow window;
    private @Nullable WindowTally tally;
    private long packetsReceived;
    private long packetsDuplicated;
    private long packetsReordered;
    private boolean isPartial;
    private long packetsOutside;

    /// The audit of a viewer that never asks for anything again.
    public MediaAudit(Track track, int payloadType, SrtpContext receive, SampleShare share) {
        this(track, payloadType, receive, share, Patience.SILENT);
    }

    public MediaAudit(Track track, int payloadType, SrtpContext receive, SampleShare share, Patience patience) {
        boolean hasMarkers = track.kind().hasMarkers();
        this.track = track;
        this.payloadType = payloadType;
        this.endMask = hasMarkers ? MARKER : 0;
        this.receive = receive;
        this.share = share;
        this.frames = new FrameAudit(track.source()::unitCount, hasMarkers);
        this.patience = patience;
        this.missing = new MissingPackets(patience);
        this.playout = new Playout(track.drive(), patience.frameDeadlineNs());
    }

    public TrackKind kind() {
        return track.kind();
    }

    public int payloadType() {
        return payloadType;
    }

    /// Whether a packet is the last of its frame.
    private boolean isEnd(int firstWord) {
        return (firstWord & endMask) == endMask;
    }

    /// Whether frames come that the viewer can name.
    public boolean isLearned() {
        return isLearned;
    }

    /// Which frame a timestamp belongs to; makes sense once the track is learned.
    public FrameClock clock() {
        return new FrameClock(track.grid(), nearFrame, nearTimestamp);
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
        playout.begin(begun);
        shownInTime = begun.firstFrame() - 1;
        isSmooth = missing.isEmpty() && playout.isIdle();
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
            playout.shorten(shorter);
            packetsOutside = packetsOutside();
            isPartial = true;
        }
    }

    /// The frames that count for this viewer, or null when no window is open.
    public @Nullable FrameWindow window() {
        return window;
    }

    private long nextFrame() {
        return track.drive().newestFrame() + 1;
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

    /// Distinct packets of the window that have come so far.
    public long packetsReceived() {
        return packetsReceived;
    }

    /// Ends the window and says what came of it.
    public ViewerTally end(int viewer, boolean isConnected) {
        FrameWindow ended = window;
        if (ended == null) {
            throw new IllegalStateException("no window is open");
        }
        frames.end();
        playout.shownInTime(shownInTime);
        playout.end();
        if (tally != null && kind() == TrackKind.VIDEO) {
            tally.recovery().played(playout); // what is heard of a gap is up to the player's concealment
        }
        window = null;
        tally = null;
        return new ViewerTally(
                viewer,
                kind(),
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

    /// Reads a little of what the next packet will need, so that it comes into the cache; the result means nothing.
    public long approach() {
        long own = lastArrivalNs + packetsReceived + previousTransitTicks + ssrc + (isSmooth ? 1 : 0);
        return sequences.approach() + frames.approach(nearFrame) + signs.approach() + own;
    }

    /// Takes an RTP packet, still encrypted.
    public void packet(MemorySegment memory, long at, int length, long nowNs) {
        if (length > CLEAR_BYTES_MAX || RtpHeader.headerBytes(memory, at, length) < 0) {
            if (mismatch(nowNs)) {
                signs.foreign();
            }
        } else if (!isLearned) {
            learn(memory, at, length, nowNs);
        } else {
            audit(memory, at, length, nowNs);
        }
    }

    private void learn(MemorySegment memory, long at, int length, long nowNs) {
        packetsOutside++;
        int firstWord = RtpHeader.firstWord(memory, at);
        if ((firstWord >>> 16 & 0x7f) != payloadType) {
            return;
        }
        int extended = SEQUENCES_PER_ROLLOVER + (firstWord & 0xffff);
        int bytes = decrypt(memory, at, length, extended);
        if (bytes < 0) {
            return;
        }
        FrameStamp stamp = track.source().stampIn(clear, RtpHeader.headerBytes(clear, bytes), bytes);
        if (stamp != null) {
            isLearned = true;
            ssrc = RtpHeader.ssrc(clear);
            near(stamp.frameIndex(), RtpHeader.timestamp(clear));
            lastArrivalNs = nowNs;
            sequences.accept(extended);
            frames.packet(nearFrame, extended, isEnd(firstWord));
        }
    }

    private void near(long frame, int timestamp) {
        nearFrame = frame;
        nearTimestamp = timestamp;
        nearDueNs = track.drive().dueNs(frame);
    }

    private void audit(MemorySegment memory, long at, int length, long nowNs) {
        int firstWord = RtpHeader.firstWord(memory, at);
        int source = RtpHeader.ssrc(memory, at);
        if (source != ssrc || (firstWord >>> 16 & 0x7f) != payloadType) {
            if (mismatch(nowNs)) {
                signs.foreign(source);
            }
            return;
        }
        int timestamp = RtpHeader.timestamp(memory, at);
        long frame = nearFrame;
        long dueNs = nearDueNs;
        // most packets belong to the newest frame, of which all is known
        if (timestamp != nearTimestamp) {
            frame = track.grid().frameIndex(nearFrame, timestamp - nearTimestamp);
            if (frame < 0 || frame > track.drive().newestFrame()) {
                if (mismatch(nowNs)) {
                    signs.offGrid();
                }
                return;
            }
            dueNs = track.drive().dueNs(frame);
        }
        int extended = sequences.extend(firstWord & 0xffff);
        boolean isCounted = window != null && window.contains(frame);
        packetsOutside += isCounted ? 0 : 1;
        int highest = sequences.highest();
        SequenceAudit.Arrival arrival = sequences.accept(extended);
        if (arrival == SequenceAudit.Arrival.DUPLICATE) {
            packetsDuplicated += isCounted ? 1 : 0;
            return;
        }
        boolean marker = isEnd(firstWord);
        frames.packet(frame, extended, marker);
        if (frame > nearFrame) {
            near(frame, timestamp);
        }
        if (marker) {
            track.drive().delivered(frame);
        }
        measureJitter(timestamp, nowNs);
        boolean isRecovered = account(extended, highest, arrival, nowNs);
        boolean isLate = nowNs - dueNs > patience.frameDeadlineNs();
        if (marker && isSmooth && !isLate && isCounted && frame == shownInTime + 1) {
            shownInTime = frame;
        } else if (marker) {
            show(frame, extended, dueNs, nowNs);
        } else if (arrival == SequenceAudit.Arrival.REORDERED) {
            playout.recovered(missing, nowNs);
        }
        if (isCounted && tally != null) {
            packetsReceived++;
            packetsReordered += arrival == SequenceAudit.Arrival.REORDERED && !isRecovered ? 1 : 0;
            long latencyNs = nowNs - dueNs;
            tally.latency(latencyNs);
            signs.arrived(latencyNs, nowNs - lastArrivalNs);
            if (isLate) {
                tally.recovery().late();
            }
        }
        lastArrivalNs = nowNs;
        if (share.contains(extended)) {
            verify(memory, at, length, extended, frame, isCounted ? tally : null);
        }
    }

    private void show(long frame, int extended, long dueNs, long nowNs) {
        playout.shownInTime(shownInTime);
        playout.marker(frame, extended, dueNs, missing, nowNs);
        isSmooth = missing.isEmpty() && playout.isIdle();
        shownInTime = Math.max(shownInTime, playout.newestShown());
    }

    /// Keeps account of what is missing.
    ///
    /// @param highest highest sequence number before this packet
    /// @return whether the packet was asked for
    private boolean account(int extended, int highest, SequenceAudit.Arrival arrival, long nowNs) {
        if (arrival == SequenceAudit.Arrival.IN_ORDER) {
            if (extended - highest > 1) {
                isSmooth = false;
                playout.shownInTime(shownInTime);
                if (!missing.add(highest + 1, extended, nowNs)) {
                    hasOverflown = true;
                    playout.forget();
                }
            }
            return false;
        }
        int asks = missing.asks(extended);
        if (asks == MissingPackets.NOT_MISSING) {
            return false;
        }
        if (asks == 1) {
            // an answer to the first question is surely one to it (Karn, Partridge 1987); smoothed by RFC 6298
            roundTripNs += (missing.askedForNs(extended, nowNs) - roundTripNs) / 8;
        }
        if (asks > 0 && tally != null && tally.isOpenAt(nowNs)) {
            tally.recovery().recovered(missing.missedForNs(extended, nowNs));
        }
        missing.remove(extended);
        return asks > 0;
    }

    /// Whether packets are missing that the viewer still waits for, or were until just now.
    public boolean isWaiting() {
        return !missing.isEmpty() || hasOverflown;
    }

    /// Gives up what is not to be waited for any longer.
    ///
    /// @return whether anything was given up
    public boolean giveUp(long nowNs) {
        boolean isAnyGivenUp = hasOverflown;
        hasOverflown = false;
        for (int sequence = missing.giveUpNext(nowNs, retryNs());
                sequence != MissingPackets.NOT_MISSING;
                sequence = missing.giveUpNext(nowNs, retryNs())) {
            isAnyGivenUp = true;
            playout.givenUp(missing, nowNs);
            if (tally != null && tally.isOpenAt(nowNs)) {
                tally.recovery().givenUp();
            }
        }
        return isAnyGivenUp;
    }

    /// The packets that the viewer asks for by now.
    ///
    /// @param out takes extended sequence numbers, ascending
    /// @return how many
    public int ask(long nowNs, int[] out) {
        return missing.ask(nowNs, retryNs(), out);
    }

    private long retryNs() {
        return Math.max(ROUND_TRIP_NS_MIN, roundTripNs);
    }

    /// Of the track as this viewer gets it; known once it is learned.
    public int ssrc() {
        return ssrc;
    }

    private void verify(
            MemorySegment memory, long at, int length, int extended, long frame, @Nullable WindowTally counting) {
        int bytes = decrypt(memory, at, length, extended);
        boolean isAuthentic = bytes >= 0;
        int units = isAuthentic
                ? track.source().unitsPublished(frame, clear, RtpHeader.headerBytes(clear, bytes), bytes)
                : -1;
        if (units >= 0) {
            frames.opened(frame, units);
        }
        if (counting != null) {
            counting.verified(isAuthentic);
            if (!isAuthentic) {
                signs.notAuthentic();
            } else if (units < 0) {
                counting.mismatch();
                signs.otherContent();
            }
        }
    }

    /// @return length of the clear packet, or -1
    private int decrypt(MemorySegment memory, long at, int length, int extended) {
        if (at + length > memory.byteSize()) {
            return -1; // no more than a header was taken
        }
        MemorySegment.copy(memory, JAVA_BYTE, at, clear, 0, length);
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
        long transit = track.grid().ticksIn(nowNs) - timestamp;
        int difference = hasTransit ? (int) (transit - previousTransitTicks) : 0;
        hasTransit = true;
        previousTransitTicks = transit;
        jitterTicks += (Math.abs(difference) - jitterTicks) / 16;
    }

    /// What the next RR says of the track.
    public Rtcp.ReportBlock nextReportBlock(int lastSenderReport, int sinceSenderReport) {
        int lost = sequences.expectedCount() - sequences.receivedCount();
        return new Rtcp.ReportBlock(
                ssrc,
                sequences.takeFractionLost(),
                Math.clamp(lost, -0x80_0000, 0x7f_ffff),
                sequences.highest() - SEQUENCES_PER_ROLLOVER,
                (int) Math.min(jitterTicks, Integer.MAX_VALUE),
                lastSenderReport,
                sinceSenderReport);
    }
}
