package phasebench.relay.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class H264PacketizerTest {
    private final Packetizer packetizer = Packetizer.of(new TrackFormat.H264("42c00d"), 100);

    @Test
    void aNalUnitThatFitsIsOnePayload() {
        assertThat(payloads(nal(0x41, 100), nal(0x41, 5)))
                .extracting(payload -> payload.length)
                .containsExactly(100, 5);
    }

    @Test
    void fragmentsAreOfEqualSizeButTheLast() {
        List<byte[]> payloads = payloads(nal(0x65, 101), nal(0x65, 1 + 98 * 3));

        assertThat(payloads).extracting(payload -> payload.length).containsExactly(100, 4, 100, 100, 100);
        assertThat(payloads).allMatch(payload -> payload[0] == 0x7c);
        assertThat(payloads).extracting(payload -> payload[1] & 0xff).containsExactly(0x85, 0x45, 0x85, 0x05, 0x45);
    }

    @Test
    void parameterSetsShareOnePayloadAndSlicesDoNot() {
        List<byte[]> payloads = payloads(nal(0x09, 2), nal(0x27, 10), nal(0x68, 4), nal(0x65, 20), nal(0x65, 20));

        assertThat(payloads).extracting(payload -> payload.length).containsExactly(2, 1 + 12 + 6, 20, 20);
        assertThat(payloads.get(1)).startsWith(0x60 | 24, 0, 10, 0x27);
    }

    @Test
    void parameterSetsThatDoNotFitTogetherGoAlone() {
        assertThat(payloads(nal(0x67, 60), nal(0x68, 50), nal(0x65, 9)))
                .extracting(payload -> payload.length)
                .containsExactly(60, 50, 9);
    }

    @Test
    void tooSmallAPayloadIsRefused() {
        assertThatThrownBy(() -> Packetizer.of(new TrackFormat.Vp8(), 63))
                .hasMessage("payloadBytesMax is below 64: 63");
    }

    private List<byte[]> payloads(byte[]... nals) {
        List<byte[]> payloads = new ArrayList<>();
        List<Boolean> markers = new ArrayList<>();
        AccessUnit unit = new AccessUnit(0, List.of(nals), true, 0);
        packetizer.packetize(unit, 0, (buffer, offset, length, isLast) -> {
            payloads.add(Arrays.copyOfRange(buffer, offset, offset + length));
            markers.add(isLast);
        });
        assertThat(markers.indexOf(true)).isEqualTo(payloads.size() - 1);
        assertThat(packetizer.packetCount(unit)).isEqualTo(payloads.size());
        return payloads;
    }

    private static byte[] nal(int header, int length) {
        byte[] nal = new byte[length];
        Arrays.fill(nal, (byte) 0xab);
        nal[0] = (byte) header;
        return nal;
    }
}
