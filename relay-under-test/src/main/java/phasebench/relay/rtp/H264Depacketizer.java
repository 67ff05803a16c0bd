package phasebench.relay.rtp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// H.264 by RFC 6184, packetization-mode 1 (and 0, which is a part of it): single NAL units, STAP-A, FU-A.
///
/// NAL units come out as published, apart from parameter sets inserted in front of IDR pictures that lack them.
final class H264Depacketizer extends PictureDepacketizer {
    private static final int NAL_UNITS_MAX = 4096;

    private final ParameterSets parameterSets = new ParameterSets();
    private final List<byte[]> units = new ArrayList<>();
    private final ByteAccumulator fragments = new ByteAccumulator(PICTURE_BYTES_MAX);
    private long pictureBytes;

    /// @param parameterSets NAL units known beforehand
    H264Depacketizer(List<byte[]> parameterSets, Listener listener) {
        super(listener);
        parameterSets.forEach(this.parameterSets::learn);
    }

    @Override
    boolean beginsPicture(byte[] rtp, int offset, int length) {
        int type = NalUnit.type(rtp[offset]);
        return switch (type) {
            case NalUnit.STAP_A -> length >= 5 && NalUnit.beginsPicture(NalUnit.type(rtp[offset + 3]), rtp[offset + 4]);
            case NalUnit.FU_A ->
                length >= 3
                        && (rtp[offset + 1] & 0x80) != 0
                        && NalUnit.beginsPicture(NalUnit.type(rtp[offset + 1]), rtp[offset + 2]);
            default -> length >= 2 && NalUnit.beginsPicture(type, rtp[offset + 1]);
        };
    }

    @Override
    boolean add(byte[] rtp, int offset, int length) {
        int type = NalUnit.type(rtp[offset]);
        if (type == NalUnit.FU_A) {
            return addFragment(rtp, offset, length) || drop(IngestDrop.MALFORMED_PAYLOAD);
        }
        if (fragments.size() > 0) {
            return drop(IngestDrop.MALFORMED_PAYLOAD);
        }
        if (type == NalUnit.STAP_A) {
            return addAggregated(rtp, offset + 1, offset + length) || drop(IngestDrop.MALFORMED_PAYLOAD);
        }
        if (type == 0 || type > NalUnit.LAST_SINGLE) {
            return drop(IngestDrop.UNSUPPORTED_PAYLOAD);
        }
        return addUnit(Arrays.copyOfRange(rtp, offset, offset + length)) || drop(IngestDrop.MALFORMED_PAYLOAD);
    }

    @Override
    @Nullable
    AccessUnit picture(long rtpTimestamp, long arrivalNs) {
        if (fragments.size() > 0 || units.isEmpty()) {
            return null;
        }
        boolean isIdr = units.stream().anyMatch(nal -> NalUnit.type(nal) == NalUnit.IDR_SLICE);
        if (!isIdr) {
            return new AccessUnit(rtpTimestamp, units, false, arrivalNs);
        }
        return new AccessUnit(rtpTimestamp, parameterSets.inFrontOf(units), parameterSets.areComplete(), arrivalNs);
    }

    @Override
    void clear() {
        units.clear();
        fragments.clear();
        pictureBytes = 0;
    }

    /// FU-A (section 5.8). Start and end in one packet are forbidden there, but cameras send it, and it is unambiguous.
    private boolean addFragment(byte[] rtp, int offset, int length) {
        if (length < 2) {
            return false;
        }
        byte header = rtp[offset + 1];
        boolean isStart = (header & 0x80) != 0;
        int type = NalUnit.type(header);
        if (isStart != (fragments.size() == 0) || type == 0 || type > NalUnit.LAST_SINGLE) {
            return false;
        }
        if (isStart) {
            fragments.append((byte) ((rtp[offset] & 0xe0) | type));
        }
        if (!fragments.append(rtp, offset + 2, length - 2)) {
            return false;
        }
        if ((header & 0x40) == 0) {
            return true;
        }
        byte[] nal = fragments.toByteArray();
        fragments.clear();
        return addUnit(nal);
    }

    /// STAP-A (section 5.7.1): each NAL unit behind its size in 16 bits.
    private boolean addAggregated(byte[] rtp, int begin, int end) {
        int at = begin;
        while (at + 2 < end) {
            int nalBytes = (rtp[at] & 0xff) << 8 | (rtp[at + 1] & 0xff);
            at += 2;
            int type = NalUnit.type(rtp[at]);
            if (nalBytes == 0 || nalBytes > end - at || type == 0 || type > NalUnit.LAST_SINGLE) {
                return false;
            }
            if (!addUnit(Arrays.copyOfRange(rtp, at, at + nalBytes))) {
                return false;
            }
            at += nalBytes;
        }
        return at == end && at > begin;
    }

    private boolean addUnit(byte[] nal) {
        pictureBytes += nal.length;
        if (pictureBytes > PICTURE_BYTES_MAX || units.size() == NAL_UNITS_MAX) {
            return false;
        }
        parameterSets.learn(nal);
        units.add(nal);
        return true;
    }
}
