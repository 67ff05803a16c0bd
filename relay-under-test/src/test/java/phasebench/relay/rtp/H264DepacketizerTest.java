package phasebench.relay.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class H264DepacketizerTest {
    private static final byte[] SPS = {0x67, 0x42, (byte) 0xc0, 0x0d, (byte) 0x80};
    private static final byte[] PPS = {0x68, (byte) 0xc0};
    private static final byte[] OTHER_PPS = {0x68, 0x40, 0x55};

    private final CollectingListener listener = new CollectingListener();
    private Depacketizer depacketizer = new H264Depacketizer(List.of(SPS, PPS), listener);
    private int sequence = 100;

    @Test
    void knownParameterSetsGoInFrontOfAnIdrPictureThatLacksThem() {
        push(true, 0, "6588");
        push(true, 3000, "4188");

        assertThat(listener.types()).containsExactly(List.of(7, 8, 5), List.of(1));
        assertThat(listener.units).extracting(AccessUnit::isKeyFrame).containsExactly(true, false);
    }

    @Test
    void parameterSetsInBandAreNotSentTwiceAndStayKnown() {
        push(false, 0, "67 42c00d 80 11");
        push(false, 0, "68 c0 22");
        push(true, 0, "6588");
        push(true, 3000, "6588");

        assertThat(listener.types()).containsExactly(List.of(7, 8, 5), List.of(7, 8, 5));
        assertThat(listener.units.get(1).units().get(0)).endsWith(0x11);
        assertThat(listener.units.get(1).units().get(1)).endsWith(0x22);
    }

    @Test
    void onlyTheMissingOneOfTwoPictureParameterSetsIsInserted() {
        depacketizer = new H264Depacketizer(List.of(SPS, PPS, OTHER_PPS), listener);
        push(false, 0, "0910");
        push(false, 0, "68 c0");
        push(true, 0, "6588");

        assertThat(listener.types()).containsExactly(List.of(9, 7, 8, 8, 5));
        assertThat(listener.units.getFirst().units().get(2)).isEqualTo(OTHER_PPS);
    }

    @Test
    void anIdrPictureWithoutAnyParameterSetsIsNoKeyFrame() {
        depacketizer = new H264Depacketizer(List.of(), listener);
        push(true, 0, "6588");

        assertThat(listener.units).extracting(AccessUnit::isKeyFrame).containsExactly(false);
    }

    @Test
    void delimitersAndFillerStay() {
        push(false, 0, "09f0");
        push(false, 0, "4188");
        push(true, 0, "0cff80");

        assertThat(listener.types()).containsExactly(List.of(9, 1, 12));
    }

    @Test
    void aStapIsTakenApart() {
        push(true, 0, "78 0005 6742c00d80 0002 68c0 0003 658899");

        assertThat(listener.types()).containsExactly(List.of(7, 8, 5));
    }

    @Test
    void aPictureWithoutMarkerEndsWhereTheTimestampChanges() {
        push(false, 0, "4188");
        push(false, 0, "4108");
        push(true, 3000, "4188");

        assertThat(listener.types()).containsExactly(List.of(1, 1), List.of(1));
    }

    @Test
    void aFragmentThatIsStartAndEndIsANalUnit() {
        push(true, 0, "5c c1 8899");

        assertThat(listener.types()).containsExactly(List.of(1));
        assertThat(listener.units.getFirst().units().getFirst()).containsExactly(0x41, 0x88, 0x99);
    }

    @Test
    void aLostFragmentCostsItsPictureOnly() {
        push(false, 0, "5c 81 88");
        sequence++;
        push(true, 0, "5c 41 99");
        push(true, 3000, "4188");

        assertThat(listener.units).extracting(AccessUnit::rtpTimestamp).containsExactly(3000L);
        assertThat(listener.drops).containsExactly(IngestDrop.DAMAGED_ACCESS_UNIT);
    }

    @Test
    void afterALossAPictureThatDoesNotShowItsFirstSliceIsDropped() {
        push(true, 0, "4188");
        sequence++;
        push(true, 3000, "4108");
        push(true, 6000, "4188");

        assertThat(listener.units).extracting(AccessUnit::rtpTimestamp).containsExactly(0L, 6000L);
    }

    @Test
    void thePictureArrivesWithTheLastOfItsPacketsToArrive() {
        depacketizer.push(RtpPackets.rtp(false, 1, 0, (byte) 0x41, (byte) 0x88), 14, 900);
        depacketizer.push(RtpPackets.rtp(true, 2, 0, (byte) 0x41, (byte) 0x08), 14, 500);

        assertThat(listener.units).extracting(AccessUnit::arrivalNs).containsExactly(900L);
    }

    @Test
    void aDuplicateChangesNothing() {
        push(false, 0, "4188");
        sequence--;
        push(false, 0, "4188");
        push(true, 0, "4108");

        assertThat(listener.types()).containsExactly(List.of(1, 1));
        assertThat(listener.drops).containsExactly(IngestDrop.LATE_OR_DUPLICATE);
    }

    @Test
    void whatModeOneDoesNotKnowIsDroppedWithItsPicture() {
        for (String payload : List.of("79 0000 0002 4188", "1a 00", "5d 81 0000 88", "00 88", "7e 88")) {
            push(true, sequence * 3000L, payload);
        }

        assertThat(listener.units).isEmpty();
        assertThat(listener.drops).containsOnly(IngestDrop.UNSUPPORTED_PAYLOAD, IngestDrop.DAMAGED_ACCESS_UNIT);
    }

    @Test
    void malformedPayloadsAreDroppedWithTheirPicture() {
        List<String> payloads = List.of(
                "78",
                "78 00",
                "78 0000",
                "78 0009 41",
                "78 0001 41 00",
                "78 0001 78",
                "5c",
                "5c 01 88",
                "5c 9c 88",
                "5c 81 88");
        for (String payload : payloads) {
            push(true, sequence * 3000L, payload);
        }

        assertThat(listener.units).isEmpty();
        assertThat(listener.drops.stream().filter(IngestDrop.DAMAGED_ACCESS_UNIT::equals))
                .hasSize(payloads.size());
    }

    @Test
    void aPictureBeyondTheLimitIsDropped() {
        byte[] fragment = new byte[60_000];
        fragment[0] = 0x5c;
        for (int i = 0; i < 200; i++) {
            fragment[1] = (byte) (i == 0 ? 0x81 : i == 199 ? 0x41 : 0x01);
            fragment[2] = (byte) 0x88;
            byte[] packet = RtpPackets.rtp(i == 199, sequence++, 0, fragment);
            depacketizer.push(packet, packet.length, 0);
        }

        assertThat(listener.units).isEmpty();
        assertThat(listener.drops).containsExactly(IngestDrop.MALFORMED_PAYLOAD, IngestDrop.DAMAGED_ACCESS_UNIT);
    }

    @Test
    void garbageNeverEscapes() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] payload = new byte[random.nextInt(40)];
            random.nextBytes(payload);
            byte[] packet =
                    RtpPackets.rtp(random.nextBoolean(), sequence += random.nextInt(2), random.nextInt(3), payload);
            packet[0] = random.nextInt(4) == 0 ? (byte) random.nextInt() : packet[0];
            for (TrackFormat format : List.of(new TrackFormat.Vp8(), new TrackFormat.Opus(1))) {
                Depacketizer.of(format, List.of(), listener).push(packet, packet.length, 0);
            }
            depacketizer.push(packet, packet.length, 0);
        }

        assertThat(listener.units).allMatch(unit -> !unit.units().isEmpty());
    }

    private void push(boolean marker, long timestamp, String hex) {
        byte[] payload = HexFormat.of().parseHex(hex.replace(" ", ""));
        byte[] packet = RtpPackets.rtp(marker, sequence++, timestamp, payload);
        depacketizer.push(packet, packet.length, System.nanoTime());
    }
}
