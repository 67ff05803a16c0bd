package phasebench.relay.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import phasebench.relay.rtp.RtpPackets.Packet;

/// What a packetizer makes, a depacketizer turns back; what is lost, costs whole access units. 40 seeded
/// streams each.
class PayloadRoundTripTest {
    private static final int SEEDS = 40;
    private static final int UNITS = 40;

    enum Codec {
        H264,
        VP8,
        OPUS;

        private TrackFormat format() {
            return switch (this) {
                case H264 -> new TrackFormat.H264("42c00d");
                case VP8 -> new TrackFormat.Vp8();
                case OPUS -> new TrackFormat.Opus(2);
            };
        }

        /// Sequence and timestamp wrap in the middle.
        private List<AccessUnit> units(Random random) {
            long firstTimestamp = 0xffff_ffffL - 20 * 3000;
            return switch (this) {
                case H264 -> RtpPackets.h264(random, UNITS, firstTimestamp);
                case VP8 -> RtpPackets.vp8(random, UNITS, firstTimestamp);
                case OPUS -> RtpPackets.opus(random, UNITS, firstTimestamp);
            };
        }

        private CollectingListener depacketize(List<Packet> packets) {
            CollectingListener listener = new CollectingListener();
            Depacketizer depacketizer = Depacketizer.of(format(), List.of(), listener);
            for (Packet packet : packets) {
                depacketizer.push(packet.bytes(), packet.bytes().length, packet.sequence());
            }
            return listener;
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutLossEverythingComesBack(Codec codec) {
        for (int seed = 0; seed < SEEDS; seed++) {
            List<AccessUnit> units = codec.units(new Random(seed));
            List<Packet> packets = RtpPackets.of(codec.format(), units, 65_500);

            CollectingListener listener = codec.depacketize(packets);

            assertThat(listener.drops).isEmpty();
            assertThat(listener.units)
                    .usingElementComparator(PayloadRoundTripTest::compare)
                    .isEqualTo(units);
            assertThat(listener.units.getLast().arrivalNs())
                    .isEqualTo(packets.getLast().sequence());
        }
    }

    @ParameterizedTest
    @EnumSource
    void lossCostsTheAccessUnitsThatLostPacketsAndNoOthers(Codec codec) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<AccessUnit> units = codec.units(random);
            List<Packet> received = new ArrayList<>();
            Set<Integer> damaged = new HashSet<>();
            for (Packet packet : RtpPackets.of(codec.format(), units, 65_500)) {
                if (random.nextInt(50) == 0) {
                    damaged.add(packet.unit());
                } else {
                    received.add(packet);
                }
            }

            CollectingListener listener = codec.depacketize(received);

            List<AccessUnit> whole = new ArrayList<>();
            for (int i = 0; i < units.size(); i++) {
                if (!damaged.contains(i)) {
                    whole.add(units.get(i));
                }
            }
            // A lost parameter set is not missed when the slices behind it are whole: the last known goes in its place.
            listener.units.removeIf(unit -> isDamagedKeyFrame(unit, units, damaged));
            assertThat(listener.units)
                    .as("seed %d", seed)
                    .usingElementComparator(PayloadRoundTripTest::compare)
                    .isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H264", "VP8"})
    void whateverTheOrderNoBrokenPictureComesOut(Codec codec) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<AccessUnit> units = codec.units(random);
            List<Packet> packets = new ArrayList<>(RtpPackets.of(codec.format(), units, 65_500));
            for (int i = 0; i + 1 < packets.size(); i++) {
                if (random.nextInt(20) == 0) {
                    packets.set(i, packets.set(i + 1, packets.get(i)));
                }
            }

            for (AccessUnit unit : codec.depacketize(packets).units) {
                List<byte[]> slices = unit.units().stream()
                        .filter(nal -> codec == Codec.VP8 || !NalUnit.isParameterSet(nal[0]))
                        .toList();
                assertThat(units)
                        .anyMatch(sent -> sent.rtpTimestamp() == unit.rtpTimestamp() && endsWith(sent.units(), slices));
            }
        }
    }

    private static boolean endsWith(List<byte[]> sent, List<byte[]> slices) {
        List<byte[]> end = sent.subList(Math.max(0, sent.size() - slices.size()), sent.size());
        return Arrays.deepEquals(end.toArray(), slices.toArray());
    }

    private static boolean isDamagedKeyFrame(AccessUnit unit, List<AccessUnit> units, Set<Integer> damaged) {
        return damaged.stream()
                .anyMatch(i -> units.get(i).isKeyFrame() && units.get(i).rtpTimestamp() == unit.rtpTimestamp());
    }

    private static int compare(AccessUnit a, AccessUnit b) {
        return RtpPackets.areSame(a, b) ? 0 : 1;
    }
}
