package phasebench.harness.load.bench;

import java.util.Arrays;
import java.util.List;
import phasebench.harness.load.audit.MediaAudit;
import phasebench.harness.load.audit.SampleShare;
import phasebench.harness.load.media.FrameDrive;
import phasebench.harness.load.media.FrameGrid;
import phasebench.harness.load.media.SyntheticSource;
import phasebench.harness.load.media.Track;
import phasebench.harness.load.wire.RtpHeader;
import phasebench.harness.load.wire.SrtpContext;
import phasebench.harness.load.wire.SrtpProfile;
import phasebench.scenarios.MediaSource;

/// The SRTP packets that every viewer of the bench gets. All have the same key, so that the packets can be protected
/// beforehand and sending costs the machine no more than it must.
final class BenchStream {
    private static final SrtpProfile PROFILE = SrtpProfile.AEAD_AES_128_GCM;
    private static final byte[] KEY = new byte[SrtpProfile.KEY_BYTES];
    private static final byte[] SALT = new byte[PROFILE.saltBytes()];
    private static final int PAYLOAD_TYPE = 103;
    private static final int SSRC = 42;
    private static final int SEED = 7;

    /// A packet has room in so many bytes.
    static final int SLOT_BYTES = 1280;

    /// One packet in a hundred is decrypted as scenarios do it when they do not say otherwise: of one
    /// viewer in ten, one packet in ten.
    private static final int VIEWERS_PER_VERIFYING = 10;

    private static final double VERIFIED_PACKET_SHARE = 0.1;

    private final byte[][] packets;
    private final FrameGrid grid = new FrameGrid(BenchSize.FRAMES_PER_SECOND, SEED);
    private final SyntheticSource source = new SyntheticSource(
            new MediaSource.Synthetic(BenchSize.FRAMES_PER_SECOND, BenchSize.PACKETS_PER_FRAME, 1188), 0, SEED);

    BenchStream(int frames) {
        SrtpContext sending = SrtpContext.of(PROFILE, KEY, SALT);
        this.packets = new byte[frames * BenchSize.PACKETS_PER_FRAME][];
        for (int frame = 0; frame < frames; frame++) {
            List<byte[]> units = source.payloads(frame, 0);
            for (int i = 0; i < units.size(); i++) {
                int sequence = frame * BenchSize.PACKETS_PER_FRAME + i;
                int marker = i == units.size() - 1 ? 0x80 : 0;
                byte[] unit = units.get(i);
                byte[] packet = new byte[RtpHeader.FIXED_BYTES + unit.length + PROFILE.rtpOverheadBytes()];
                System.arraycopy(unit, 0, packet, RtpHeader.FIXED_BYTES, unit.length);
                RtpHeader.write(packet, 0, marker | PAYLOAD_TYPE, sequence, grid.timestamp(frame), SSRC);
                int bytes = sending.protectRtp(packet, RtpHeader.FIXED_BYTES + unit.length, sequence);
                packets[sequence] = Arrays.copyOf(packet, bytes);
            }
        }
    }

    /// What a publisher makes for a frame.
    List<byte[]> units(int frame) {
        return source.payloads(frame, 0);
    }

    byte[] packet(int index) {
        return packets[index];
    }

    static boolean isVerifying(int viewer) {
        return viewer % VIEWERS_PER_VERIFYING == 0;
    }

    /// @param drive that tells when frames leave
    Track track(FrameDrive drive) {
        return new Track(source, grid, drive);
    }

    MediaAudit audit(int viewer, Track track) {
        return audit(isVerifying(viewer) ? SampleShare.of(viewer, VERIFIED_PACKET_SHARE) : SampleShare.NONE, track);
    }

    MediaAudit audit(SampleShare share, Track track) {
        return new MediaAudit(track, PAYLOAD_TYPE, SrtpContext.of(PROFILE, KEY, SALT), share);
    }
}
