package phasebench.harness.load.impair;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import phasebench.harness.load.media.TrackKind;
import phasebench.harness.load.wire.RtpHeader;
import phasebench.scenarios.Direction;
import phasebench.scenarios.Impairment;

/// Packets of 1000 bytes, one every millisecond from instant 0; instants come from the test, not from a clock.
class WayTest {
    private static final int BYTES = 1000;
    private static final long MILLI = 1_000_000;
    private static final int SSRC = 5;
    private static final int VIDEO = 103;
    private static final int AUDIO = 111;
    private static final Map<Integer, TrackKind> TRACKS = Map.of(VIDEO, TrackKind.VIDEO, AUDIO, TrackKind.AUDIO);

    private record Left(long dueNs, int sequence) {}

    /// Packets of sound that left, by sequence number.
    private final List<Integer> leftOfSound = new ArrayList<>();

    private final List<Left> left = new ArrayList<>();
    private final TimerQueue timers = new TimerQueue();
    private PacketKind.Sorter sorter = new PacketKind.Sorter(TRACKS);

    private final Hop.Exit exit = new Hop.Exit() {
        @Override
        public void at(long dueNs, Passing packet) {
            int sequence = RtpHeader.sequence(packet.bytes());
            boolean isSound = RtpHeader.payloadType(packet.bytes()) == AUDIO;
            timers.add(dueNs, _ -> {
                if (isSound) {
                    leftOfSound.add(sequence);
                } else {
                    left.add(new Left(dueNs, sequence));
                }
            });
        }

        @Override
        public void flushAt(long dueNs, Hop hop) {
            timers.add(dueNs, hop::flush);
        }
    };

    private Way way(Impairment... impairments) {
        return new Way(List.of(impairments), true, 7, 0, exit);
    }

    private static Impairment impairment(
            double loss, Duration delay, Duration jitter, double reorder, double duplicate, @Nullable Long rate) {
        return new Impairment(loss, 1, delay, jitter, reorder, duplicate, rate, Direction.MEDIA);
    }

    private static Impairment loss(double share) {
        return impairment(share, Duration.ZERO, Duration.ZERO, 0, 0, null);
    }

    private void run(Way way, int packets) {
        for (int i = 0; i < packets; i++) {
            long nowNs = i * MILLI;
            timers.runDue(nowNs);
            send(way, i, SSRC, nowNs);
        }
        for (long i = packets; i < packets + 500; i++) {
            timers.runDue(i * MILLI);
        }
    }

    private void send(Way way, int sequence, int ssrc, long nowNs) {
        send(way, VIDEO, sequence, ssrc, nowNs);
    }

    private void send(Way way, int payloadType, int sequence, int ssrc, long nowNs) {
        byte[] packet = new byte[BYTES];
        RtpHeader.write(packet, 0, payloadType, sequence, 0, ssrc);
        way.take(packet, BYTES, sorter.sort(packet, BYTES), true, nowNs);
    }

    private List<Integer> sequences() {
        return left.stream().map(Left::sequence).toList();
    }

    @Test
    void delayAndJitterKeepTheOrder() {
        run(way(impairment(0, Duration.ofMillis(50), Duration.ofMillis(30), 0, 0, null)), 1000);

        assertThat(sequences()).hasSize(1000).isSorted();
        assertThat(left)
                .allSatisfy(
                        one -> assertThat(one.dueNs() - one.sequence() * MILLI).isBetween(50 * MILLI, 80 * MILLI));
    }

    @Test
    void aPacketIsOvertakenByTheNextAndCounted() {
        Way way = way(impairment(0, Duration.ZERO, Duration.ZERO, 0.1, 0, null));
        run(way, 1000);
        long overtaken = overtaken(sequences());

        assertThat(sequences()).hasSize(1000).doesNotHaveDuplicates();
        assertThat(way.counts(PacketKind.VIDEO).reordered).isEqualTo(overtaken);
        ExactBinomial range = ExactBinomial.range(1000, 0.1, 0.001);
        assertThat(overtaken).isBetween(range.low(), range.high());
    }

    @Test
    void whatNothingOvertakesIsLetGoInTime() {
        Way way = way(impairment(0, Duration.ZERO, Duration.ZERO, 1, 0, null));
        run(way, 3);

        assertThat(left).containsExactly(new Left(Hop.HOLD_NS, 0), new Left(Hop.HOLD_NS, 1), new Left(Hop.HOLD_NS, 2));
        assertThat(way.counts(PacketKind.VIDEO).reordered).isZero();
    }

    @Test
    void aDuplicateFollowsItsOriginal() {
        Way way = way(impairment(0, Duration.ZERO, Duration.ZERO, 0, 1, null));
        run(way, 3);

        assertThat(sequences()).containsExactly(0, 0, 1, 1, 2, 2);
        assertThat(way.counts(PacketKind.VIDEO).duplicated).isEqualTo(3);
    }

    @Test
    void aNarrowLinkPassesItsRateAndItsQueueIsBounded() {
        // 1028 bytes at 4.112 Mbit/s are 2 ms: half of what comes passes
        Way way = way(impairment(0, Duration.ZERO, Duration.ZERO, 0, 0, 4_112_000L));
        run(way, 2000);
        KindCounts counts = way.counts(PacketKind.VIDEO);

        assertThat(counts.linkFull).isBetween(850L, 900L); // the queue still takes 200 ms of the first packets
        assertThat(left).hasSize(2000 - (int) counts.linkFull);
        assertThat(counts.delayNsMax).isBetween(Bottleneck.QUEUE_NS, Bottleneck.QUEUE_NS + 3 * MILLI);
        for (int i = 10; i < left.size(); i++) {
            assertThat(left.get(i).dueNs() - left.get(i - 1).dueNs()).isEqualTo(2 * MILLI);
        }
    }

    @Test
    void impairmentsStandOneBehindTheOther() {
        Way way = way(loss(0.1), loss(0.1), impairment(0, Duration.ofMillis(5), Duration.ZERO, 0, 0, null));
        run(way, 20_000);
        KindCounts counts = way.counts(PacketKind.VIDEO);
        ExactBinomial range = ExactBinomial.range(20_000, 1 - 0.9 * 0.9, 0.001);

        assertThat(counts.packets).isEqualTo(20_000);
        assertThat(counts.lost).isBetween(range.low(), range.high());
        assertThat(left).hasSize(20_000 - (int) counts.lost);
        assertThat(left).allSatisfy(one -> assertThat(one.dueNs()).isEqualTo((one.sequence() + 5) * MILLI));
    }

    @Test
    void repairsHaveScriptsAndCountsOfTheirOwn() {
        Way alone = way(loss(0.3));
        run(alone, 100);
        List<Integer> withoutRepairs = sequences();
        left.clear();
        sorter = new PacketKind.Sorter(TRACKS);
        Way mixed = way(loss(0.3));
        for (int i = 0; i < 100; i++) {
            send(mixed, i, SSRC, i * MILLI);
            send(mixed, i, SSRC + 1, i * MILLI); // a repair stream of its own
            send(mixed, i, SSRC, i * MILLI); // the same number once more
        }
        timers.runDue(Long.MAX_VALUE / 2);

        assertThat(mixed.counts(PacketKind.VIDEO).packets).isEqualTo(100);
        assertThat(mixed.counts(PacketKind.REPAIR).packets).isEqualTo(200);
        assertThat(mixed.counts(PacketKind.REPAIR).lost).isPositive();
        assertThat(mixed.counts(PacketKind.VIDEO).lost).isEqualTo(100 - withoutRepairs.size());
    }

    @Test
    void handshakesAndChecksAreSparedAndRtcpOnlyMeetsBothWays() {
        Impairment media = loss(1);
        Impairment both = new Impairment(1, 1, Duration.ZERO, Duration.ZERO, 0, 0, null, Direction.BOTH);
        byte[] stun = {0, 1, 0, 0, 0x21, 0x12, (byte) 0xa4, 0x42, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        byte[] dtls = {22, (byte) 0xfe, (byte) 0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1};
        byte[] rtcp = Arrays.copyOf(new byte[] {(byte) 0x81, (byte) 201}, 32);
        List<Integer> passed = new ArrayList<>();
        for (Impairment one : List.of(media, both)) {
            for (boolean isToViewer : List.of(true, false)) {
                for (byte[] packet : List.of(stun, dtls, rtcp)) {
                    left.clear();
                    new Way(List.of(one), isToViewer, 7, 0, exit)
                            .take(packet, packet.length, sorter.sort(packet, packet.length), true, 0);
                    timers.runDue(1);
                    passed.add(left.size());
                }
            }
        }

        assertThat(passed).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 0);
    }

    /// A packet of sound before each so many of video.
    private Way withSound(int every, Impairment... impairments) {
        left.clear();
        leftOfSound.clear();
        sorter = new PacketKind.Sorter(TRACKS);
        Way way = way(impairments);
        for (int i = 0; i < 300; i++) {
            timers.runDue(i * MILLI);
            if (i % every == 0) {
                send(way, AUDIO, i / every, SSRC + 1, i * MILLI);
            }
            send(way, i, SSRC, i * MILLI);
        }
        timers.runDue(Long.MAX_VALUE / 2);
        return way;
    }

    @Test
    void soundHasAScriptOfItsOwnAndTheVideosGoesOnAsWithoutIt() {
        Impairment losing = impairment(0.2, Duration.ZERO, Duration.ZERO, 0, 0, null);
        run(way(losing, loss(0.1)), 300);
        List<Integer> videoAlone = sequences();
        Way sparse = withSound(3, losing, loss(0.1));
        List<Integer> soundOfSparse = List.copyOf(leftOfSound);
        assertThat(sequences()).isEqualTo(videoAlone);
        assertThat(sparse.counts(PacketKind.AUDIO).packets).isEqualTo(100);
        assertThat(sparse.counts(PacketKind.AUDIO).lost).isEqualTo(100 - soundOfSparse.size());

        withSound(2, losing, loss(0.1));
        assertThat(sequences()).isEqualTo(videoAlone);
        assertThat(leftOfSound.stream().filter(sequence -> sequence < 100))
                .as("whatever comes in between")
                .containsExactlyElementsOf(soundOfSparse);
        assertThat(soundOfSparse)
                .isNotEqualTo(
                        videoAlone.stream().filter(sequence -> sequence < 100).toList());
    }

    @Test
    void aPacketIsOvertakenByOneOfItsOwnTrackOnly() {
        Way way = withSound(1, impairment(0, Duration.ZERO, Duration.ZERO, 0.2, 0, null));
        for (List<Integer> track : List.of(sequences(), leftOfSound)) {
            assertThat(track).isNotEmpty();
        }

        assertThat(way.counts(PacketKind.VIDEO).reordered).isEqualTo(overtaken(sequences()));
        assertThat(way.counts(PacketKind.AUDIO).reordered).isEqualTo(overtaken(leftOfSound));
    }

    private static long overtaken(List<Integer> sequences) {
        int highest = -1;
        long overtaken = 0;
        for (int sequence : sequences) {
            overtaken += sequence < highest ? 1 : 0;
            highest = Math.max(highest, sequence);
        }
        return overtaken;
    }
}
