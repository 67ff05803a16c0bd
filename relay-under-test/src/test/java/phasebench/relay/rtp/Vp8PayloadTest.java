package phasebench.relay.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class Vp8PayloadTest {
    private final CollectingListener listener = new CollectingListener();
    private final Depacketizer depacketizer = new Vp8Depacketizer(listener);
    private int sequence = 65_530;

    @Test
    void descriptorsOfEverySizeAreLeftOut() {
        push(true, 0, "10 01aa");
        push(true, 1, "90 00 01bb");
        push(true, 2, "90 80 7f 01cc");
        push(true, 3, "90 80 ffff 01dd");
        push(true, 4, "90 f0 8001 05 e0 01ee");

        assertThat(listener.units)
                .extracting(unit -> HexFormat.of().formatHex(unit.units().getFirst()))
                .containsExactly("01aa", "01bb", "01cc", "01dd", "01ee");
    }

    @Test
    void keyFramesAreKnownByTheirTag() {
        push(false, 0, "10 500100 9d012a 4001");
        push(true, 0, "00 f000");
        push(true, 1, "10 510100 9d012a 4001 f000");

        assertThat(listener.units).extracting(AccessUnit::isKeyFrame).containsExactly(true, false);
    }

    @Test
    void laterPartitionsBelongToTheirFrame() {
        push(false, 0, "10 01aa");
        push(false, 0, "11 bb");
        push(true, 0, "01 cc");

        assertThat(listener.units.getFirst().units().getFirst()).containsExactly(0x01, 0xaa, 0xbb, 0xcc);
    }

    @Test
    void aFrameWithoutItsBeginningIsDropped() {
        push(true, 0, "00 aabb");
        push(true, 1, "11 aabb");
        push(true, 2, "90 80 ff");
        push(true, 3, "10 01aa");

        assertThat(listener.units).extracting(AccessUnit::rtpTimestamp).containsExactly(3L);
    }

    @Test
    void theShortDescriptorHasOneByteAndTheLongOneCountsFrames() {
        AccessUnit unit = new AccessUnit(0, List.of(new byte[150]), false, 0);

        assertThat(heads(new Vp8Packetizer(100, Vp8Packetizer.Descriptor.SHORT), unit, 0, 1))
                .containsExactly("10", "00");
        Vp8Packetizer withPictureId = new Vp8Packetizer(100, Vp8Packetizer.Descriptor.PICTURE_ID);
        assertThat(heads(withPictureId, unit, 0, 4)).containsExactly("90808000", "80808000");
        assertThat(heads(withPictureId, unit, 0x8001, 4)).containsExactly("90808001", "80808001");
    }

    private static List<String> heads(Packetizer packetizer, AccessUnit unit, long unitNumber, int bytes) {
        List<String> heads = new ArrayList<>();
        packetizer.packetize(unit, unitNumber, (buffer, offset, length, isLast) -> {
            assertThat(length).isLessThanOrEqualTo(100);
            assertThat(isLast).isEqualTo(heads.size() == 1);
            heads.add(HexFormat.of().formatHex(Arrays.copyOfRange(buffer, offset, offset + bytes)));
        });
        assertThat(packetizer.packetCount(unit)).isEqualTo(heads.size());
        return heads;
    }

    private void push(boolean marker, long timestamp, String hex) {
        byte[] payload = HexFormat.of().parseHex(hex.replace(" ", ""));
        byte[] packet = RtpPackets.rtp(marker, sequence++ & 0xffff, timestamp, payload);
        depacketizer.push(packet, packet.length, 0);
    }
}
