package phasebench.harness.load.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phasebench.scenarios.AudioSpec;
import phasebench.scenarios.MediaSource;

class FrameSourceTest {
    private final PictureSource synthetic = new SyntheticSource(new MediaSource.Synthetic(30, 8, 1188), 3, 42);

    private static boolean isPublished(PictureSource source, long frame, byte[] unit) {
        return source.isPublished(frame, unit, 0, unit.length);
    }

    @Test
    void aSyntheticFrameCarriesItsIdentityInEveryPacket() {
        List<byte[]> units = synthetic.payloads(1_000_000, 123_456_789_012L);

        assertThat(units).hasSize(8);
        for (int i = 0; i < units.size(); i++) {
            assertThat(units.get(i)).hasSize(1188);
            assertThat(FrameStamp.ofNalUnit(units.get(i), 0, 1188))
                    .isEqualTo(new FrameStamp(3, 1_000_000, i, 123_456_789_012L));
        }
    }

    @Test
    void syntheticFramesNeedNoEmulationPrevention() {
        for (byte[] unit : synthetic.payloads(0, 0)) {
            for (byte value : unit) {
                assertThat(value).isNotZero();
            }
        }
    }

    @Test
    void keyFramesComeEachThirtyFrames() {
        assertThat(synthetic.payloads(60, 0))
                .allSatisfy(unit -> assertThat(unit[0] & 31).isEqualTo(5));
        assertThat(synthetic.payloads(61, 0))
                .allSatisfy(unit -> assertThat(unit[0] & 31).isEqualTo(1));
    }

    @Test
    void onlyWhatWasPublishedPasses() {
        byte[] unit = synthetic.payloads(5, 77).get(2);
        assertThat(isPublished(synthetic, 5, unit)).isTrue();
        assertThat(isPublished(synthetic, 6, unit)).isFalse();
        assertThat(isPublished(synthetic, 0, synthetic.sequenceParameters())).isTrue();
        assertThat(isPublished(new SyntheticSource(new MediaSource.Synthetic(30, 8, 1188), 3, 43), 5, unit))
                .isFalse();
        unit[1187] ^= 1;
        assertThat(isPublished(synthetic, 5, unit)).isFalse();
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        PictureSource again = new SyntheticSource(new MediaSource.Synthetic(30, 8, 1188), 3, 42);

        assertThat(again.payloads(9, 1).get(7))
                .isEqualTo(synthetic.payloads(9, 1).get(7));
    }

    @Test
    void theClipIsWhatItsReadmeSays() throws Exception {
        ClipSource clip = ClipSource.open("testcard", 0);

        assertThat(clip.pictureCount()).isEqualTo(60);
        int packetCount = 0;
        for (int frame = 0; frame < 60; frame++) {
            List<byte[]> units = clip.payloads(frame, 0);
            packetCount += units.size();
            assertThat(units).allSatisfy(unit -> assertThat(unit.length).isLessThanOrEqualTo(1188));
            assertThat(units.get(1)[0] & 31).isEqualTo(frame % 30 == 0 ? 5 : 1);
        }
        // and two packets of parameter sets that the relay adds: 240 a second
        assertThat(packetCount + 2).isEqualTo(2 * 240);
    }

    @Test
    void theClipLoopsWithItsStampsGoingOn() throws Exception {
        ClipSource clip = ClipSource.open("testcard", 1);
        List<byte[]> later = clip.payloads(600, 5);

        assertThat(FrameStamp.ofNalUnit(later.getFirst(), 0, later.getFirst().length))
                .isEqualTo(new FrameStamp(1, 600, 0, 5));
        assertThat(later.get(1)).isEqualTo(clip.payloads(0, 0).get(1));
        assertThat(later).allMatch(unit -> isPublished(clip, 600, unit));
        assertThat(isPublished(clip, 601, later.get(1))).isFalse();
        assertThat(isPublished(clip, 601, later.getFirst())).isFalse();
    }

    @Test
    void aPacketOfSoundCarriesItsIdentityAndOnlyWhatWasPublishedPasses() {
        OpusSource sound = new OpusSource(AudioSpec.DEFAULT, 3, 42);
        byte[] payload = sound.payloads(70_000, 55).getFirst();
        byte[] packet = new byte[12 + payload.length];
        System.arraycopy(payload, 0, packet, 12, payload.length);

        assertThat(payload).hasSize(160);
        assertThat(payload[0] & 0xff)
                .as("CELT, fullband, 20 ms, stereo, one frame")
                .isEqualTo(0xfc);
        assertThat(sound.stampIn(packet, 12, packet.length)).isEqualTo(new FrameStamp(3, 70_000, 0, 55));
        assertThat(sound.unitsPublished(70_000, packet, 12, packet.length)).isEqualTo(1);
        assertThat(sound.unitsPublished(70_001, packet, 12, packet.length)).isEqualTo(-1);
        assertThat(sound.unitsPublished(70_000, packet, 12, packet.length - 1)).isEqualTo(-1);
        assertThat(new OpusSource(AudioSpec.DEFAULT, 3, 43).unitsPublished(70_000, packet, 12, packet.length))
                .isEqualTo(-1);
        assertThat(new OpusSource(AudioSpec.DEFAULT, 2, 42).unitsPublished(70_000, packet, 12, packet.length))
                .isEqualTo(-1);
        for (int at = 12; at < packet.length; at += 7) {
            packet[at] ^= 1;
            boolean isOfDueTime = at >= 12 + 1 + 31 && at < 12 + 1 + FrameStamp.BYTES;
            assertThat(sound.unitsPublished(70_000, packet, 12, packet.length))
                    .as("byte %d", at)
                    .isEqualTo(isOfDueTime ? 1 : -1);
            packet[at] ^= 1;
        }
    }

    @ParameterizedTest
    @CsvSource({"400,28", "200,29", "100,30", "50,31", "25,10"})
    void theFirstByteOfSoundNamesTheLengthOfItsFrame(int packetsPerSecond, int configuration) {
        byte[] payload = new OpusSource(new AudioSpec(packetsPerSecond, 60), 0, 1)
                .payloads(0, 0)
                .getFirst();

        assertThat((payload[0] & 0xff) >> 3).isEqualTo(configuration);
    }

    @Test
    void anUnknownClipIsNamed() {
        assertThatThrownBy(() -> ClipSource.open("nosuch", 0))
                .isInstanceOf(IOException.class)
                .hasMessage("no clip named nosuch ships with the load generator");
    }
}
