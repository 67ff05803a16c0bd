package phasebench.relay.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import phasebench.relay.rtp.AccessUnit;
import phasebench.relay.rtp.Depacketizer;
import phasebench.relay.rtp.IngestDrop;
import phasebench.relay.rtp.RtpHeader;
import phasebench.relay.rtp.RtpPackets;
import phasebench.relay.rtp.TrackFormat;

class ReorderBufferTest {
    private final List<Integer> sequences = new ArrayList<>();
    private final List<IngestDrop> drops = new ArrayList<>();
    private final ReorderBuffer buffer = new ReorderBuffer(new ReorderBuffer.Sink() {
        @Override
        public void packet(byte[] packet, int length, long arrivalNs) {
            sequences.add(RtpHeader.sequence(packet));
        }

        @Override
        public void dropped(IngestDrop reason) {
            drops.add(reason);
        }
    });

    @Test
    void packetsLeaveInOrderAcrossTheWrap() {
        push(0, 65_534, 1, 65_535, 0, 2);

        assertThat(sequences).containsExactly(65_534, 65_535, 0, 1, 2);
    }

    @Test
    void lateAndDuplicatePacketsAreDropped() {
        push(0, 10, 12, 12, 11, 11, 9);

        assertThat(sequences).containsExactly(10, 11, 12);
        assertThat(drops).hasSize(3).containsOnly(IngestDrop.LATE_OR_DUPLICATE);
    }

    @Test
    void aGapIsGivenUpSixtyFourPacketsOn() {
        push(0, 10);
        push(0, IntStream.rangeClosed(12, 74).toArray());
        assertThat(sequences).containsExactly(10);

        push(0, 75);
        assertThat(sequences).hasSize(65).startsWith(10, 12).endsWith(75);
    }

    @Test
    void aGapIsGivenUpAfterATenthOfASecond() {
        push(0, 10);
        push(1_000_000, 12, 14);
        push(100_000_000, 15);
        assertThat(sequences).containsExactly(10);

        push(101_000_001, 16);
        assertThat(sequences).containsExactly(10, 12);
        push(102_000_000, 17);
        assertThat(sequences).containsExactly(10, 12, 14, 15, 16, 17);
    }

    @Test
    void aSourceThatJumpsFarHasBegunAnew() {
        push(0, 10, 12, 40_000, 40_001, 5, 6);

        assertThat(sequences).containsExactly(10, 12, 40_000, 40_001, 5, 6);
    }

    @Test
    void packetsShuffledWithinTheWindowGiveEveryPicture() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<AccessUnit> units = RtpPackets.h264(random, 30, 0);
            record Delayed(RtpPackets.Packet packet, int place) {}
            List<Delayed> packets = new ArrayList<>();
            for (RtpPackets.Packet packet : RtpPackets.of(new TrackFormat.H264("42c00d"), units, 65_500)) {
                // the first stays first: an unknown source begins with what comes first
                packets.add(new Delayed(packet, packets.isEmpty() ? -1 : packets.size() + random.nextInt(30)));
            }
            packets.sort(Comparator.comparingInt(Delayed::place));
            List<AccessUnit> received = new ArrayList<>();
            Depacketizer depacketizer =
                    Depacketizer.of(new TrackFormat.H264("42c00d"), List.of(), new Depacketizer.Listener() {
                        @Override
                        public void accessUnit(AccessUnit unit) {
                            received.add(unit.kept());
                        }

                        @Override
                        public void dropped(IngestDrop reason) {
                            drops.add(reason);
                        }
                    });
            ReorderBuffer reorder = new ReorderBuffer(new ReorderBuffer.Sink() {
                @Override
                public void packet(byte[] packet, int length, long arrivalNs) {
                    depacketizer.push(packet, length, arrivalNs);
                }

                @Override
                public void dropped(IngestDrop reason) {
                    drops.add(reason);
                }
            });
            byte[] receiveBuffer = new byte[2048];
            for (Delayed delayed : packets) {
                byte[] bytes = delayed.packet().bytes();
                System.arraycopy(bytes, 0, receiveBuffer, 0, bytes.length);
                reorder.push(delayed.packet().sequence(), receiveBuffer, bytes.length, 0);
            }

            assertThat(drops).isEmpty();
            assertThat(received)
                    .as("seed %d", seed)
                    .usingElementComparator((a, b) -> RtpPackets.areSame(a, b) ? 0 : 1)
                    .isEqualTo(units);
        }
    }

    private void push(long arrivalNs, int... numbers) {
        for (int sequence : numbers) {
            byte[] packet = RtpPackets.rtp(false, sequence, 0);
            buffer.push(sequence, packet, packet.length, arrivalNs);
        }
    }
}
