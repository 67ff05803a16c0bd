package phasebench.relay.forward;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.buffer.PlainPacket;
import phasebench.relay.rtp.RtpHeader;
import phasebench.relay.stream.BenchmarkUnits;
import phasebench.relay.stream.MediaUnit;
import phasebench.relay.stream.PacketHistory;

/// What is kept to answer NACKs, and finding a packet there: phases `no-nack` and `shared-nack`.
/// `scripts/phasebench micro --phase shared-nack`.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NackBenchmark {
    private static final int VIEWER_COUNT = 100;
    private static final int STORED_COUNT = VIEWER_COUNT * BenchmarkUnits.PACKETS_PER_FRAME;
    private static final int PACKET_BYTES = 1200;

    /// As many packets as a stream's history holds.
    private static final int FRAME_COUNT = 256;

    private static final int HISTORY_PACKETS = FRAME_COUNT * BenchmarkUnits.PACKETS_PER_FRAME;

    /// Prime to both sizes, so that all packets get their turn and none soon again: nothing counts as just
    /// sent.
    private static final int STRIDE = 37;

    private long resent;
    private final PlainPacket packet = PlainPacket.of(new byte[PACKET_BYTES], RtpHeader.FIXED_BYTES, PACKET_BYTES);
    private final NackAnswer privateCopies =
            new PrivateCopies(BufferPool.allocating(), plain -> resent += plain.length());
    private final NackAnswer nothing = NackAnswer.NONE;
    private final PacketHistory history = new PacketHistory();
    private final NackAnswer sharedHistory = new SharedHistory(history, () -> 0);
    private final List<MediaUnit> frames = BenchmarkUnits.frames(FRAME_COUNT, BufferPool.allocating());
    private final OutboundTrack track =
            new SharingTrack(new TrackPlan(0, BenchmarkUnits.FORMAT, 96, 0x1234_5678L, true), () -> 0, new Resender());
    private int sequence;
    private int frame;
    private int asked;

    @Setup
    public void fill() {
        for (int i = 0; i < PrivateCopies.PACKET_COUNT; i++) {
            privateCopies.sent(packet, i);
        }
        for (var unit : frames) {
            BenchmarkUnits.remember(history, unit);
            track.forward(unit);
        }
    }

    /// `nack: per-viewer`.
    @Benchmark
    @OperationsPerInvocation(STORED_COUNT)
    public void storePrivateCopy() {
        store(privateCopies);
    }

    /// `nack: off`.
    @Benchmark
    @OperationsPerInvocation(STORED_COUNT)
    public void storeNothing() {
        store(nothing);
    }

    /// `nack: shared`: the stream keeps a frame once for all viewers, and each viewer nothing.
    @Benchmark
    @OperationsPerInvocation(STORED_COUNT)
    public void storeInHistory() {
        BenchmarkUnits.remember(history, frames.get(frame++ % FRAME_COUNT));
        store(sharedHistory);
    }

    /// A frame to 100 viewers.
    private void store(NackAnswer answer) {
        for (int i = 0; i < STORED_COUNT; i++) {
            answer.sent(packet, sequence++ & 0xffff);
        }
    }

    @Benchmark
    public long resendPrivateCopy() {
        asked = (asked + STRIDE) % PrivateCopies.PACKET_COUNT;
        require(privateCopies.resend(track, asked));
        return resent;
    }

    @Benchmark
    public long resendFromHistory() {
        asked = (asked + STRIDE) % HISTORY_PACKETS;
        require(sharedHistory.resend(track, asked));
        return resent;
    }

    /// A benchmark of finding nothing would be a fast one.
    private static void require(boolean isResent) {
        if (!isResent) {
            throw new IllegalStateException("not found");
        }
    }

    private final class Resender implements OutboundTrack.PacketSink {
        @Override
        public void rtp(OutboundTrack from, PlainPacket plain, int number) {}

        @Override
        public void retransmission(PlainPacket plain) {
            resent += plain.length();
        }
    }
}
