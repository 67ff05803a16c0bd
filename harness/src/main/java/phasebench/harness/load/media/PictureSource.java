package phasebench.harness.load.media;

import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The frames of an H.264 track: NAL units, one RTP packet each. A larger one would come back in fragments.
public interface PictureSource extends FrameSource {
    /// Whether a NAL unit of a frame is, byte for byte, what was published. Due times are not compared.
    boolean isPublished(long frameIndex, byte[] bytes, int from, int end);

    /// The sequence parameter set, without start code.
    byte[] sequenceParameters();

    /// The picture parameter set, without start code.
    byte[] pictureParameters();

    @Override
    default TrackKind kind() {
        return TrackKind.VIDEO;
    }

    @Override
    default @Nullable FrameStamp stampIn(byte[] packet, int from, int end) {
        @Nullable FrameStamp[] found = {null};
        NalUnits.eachInPayload(packet, from, end, (unit, unitFrom, unitEnd) -> {
            found[0] = FrameStamp.ofNalUnit(unit, unitFrom, unitEnd);
            return found[0] == null;
        });
        return found[0];
    }

    @Override
    default int unitsPublished(long frameIndex, byte[] packet, int from, int end) {
        int[] units = {0};
        boolean isPublished = NalUnits.eachInPayload(packet, from, end, (unit, unitFrom, unitEnd) -> {
            units[0] += NalUnits.isParameterSet(unit, unitFrom) ? 0 : 1;
            return isPublished(frameIndex, unit, unitFrom, unitEnd);
        });
        return isPublished ? units[0] : -1;
    }

    @Override
    default String formatParameters() {
        byte[] sps = sequenceParameters();
        Base64.Encoder base64 = Base64.getEncoder();
        return "packetization-mode=1; sprop-parameter-sets=" + base64.encodeToString(sps) + ","
                + base64.encodeToString(pictureParameters()) + "; profile-level-id="
                + HexFormat.of().withUpperCase().formatHex(sps, 1, 4);
    }
}
