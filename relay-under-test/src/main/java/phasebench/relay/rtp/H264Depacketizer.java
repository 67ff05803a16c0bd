package phasebench.relay.rtp;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// H.264 by RFC 6184, packetization-mode 1 (and 0, which is a part of it): single NAL units, STAP-A, FU-A.
///
/// NAL units come out as published, apart from parameter sets inserted in front of IDR pictures that lack
/// them.
final class H264Depacketizer extends PictureDepacketizer {
    private static final int NAL_UNITS_MAX = 4096;

    private final ParameterSets parameterSets = new ParameterSets();
    private final ByteAccumulator picture = new ByteAccumulator(PICTURE_BYTES_MAX);

    /// Where each NAL unit begins in `picture`, and where the last complete one ends.
    private int[] bounds = new int[16];

    private int unitCount;
    private boolean hasIdr;
    private boolean isInFragments;

    /// @param parameterSets NAL units known beforehand
    H264Depacketizer(List<byte[]> parameterSets, Listener listener) {
        super(listener);
        parameterSets.forEach(set -> this.parameterSets.learn(set, 0, set.length));
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
        if (isInFragments) {
            return drop(IngestDrop.MALFORMED_PAYLOAD);
        }
        if (type == NalUnit.STAP_A) {
            return addAggregated(rtp, offset + 1, offset + length) || drop(IngestDrop.MALFORMED_PAYLOAD);
        }
        if (type == 0 || type > NalUnit.LAST_SINGLE) {
            return drop(IngestDrop.UNSUPPORTED_PAYLOAD);
        }
        return addUnit(rtp, offset, length) || drop(IngestDrop.MALFORMED_PAYLOAD);
    }

    @Override
    @Nullable
    AccessUnit picture(long rtpTimestamp, long arrivalNs) {
        if (isInFragments || unitCount == 0) {
            return null;
        }
        if (!hasIdr) {
            return unit(rtpTimestamp, false, arrivalNs);
        }
        return parameterSets.inFrontOf(unit(rtpTimestamp, parameterSets.areComplete(), arrivalNs));
    }

    private AccessUnit unit(long rtpTimestamp, boolean isKeyFrame, long arrivalNs) {
        return AccessUnit.borrowing(rtpTimestamp, picture.bytes(), bounds, unitCount, isKeyFrame, arrivalNs);
    }

    @Override
    void clear() {
        picture.clear();
        unitCount = 0;
        hasIdr = false;
        isInFragments = false;
    }

    /// FU-A (section 5.8). Start and end in one packet are forbidden there, but cameras send it, and it is
    /// unambiguous.
    private boolean addFragment(byte[] rtp, int offset, int length) {
        if (length < 2) {
            return false;
        }
        byte header = rtp[offset + 1];
        boolean isStart = (header & 0x80) != 0;
        int type = NalUnit.type(header);
        if (isStart == isInFragments || type == 0 || type > NalUnit.LAST_SINGLE) {
            return false;
        }
        if (isStart) {
            isInFragments = true;
            if (!picture.append((byte) ((rtp[offset] & 0xe0) | type))) {
                return false;
            }
        }
        if (!picture.append(rtp, offset + 2, length - 2)) {
            return false;
        }
        if ((header & 0x40) == 0) {
            return true;
        }
        isInFragments = false;
        return endUnit();
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
            if (!addUnit(rtp, at, nalBytes)) {
                return false;
            }
            at += nalBytes;
        }
        return at == end && at > begin;
    }

    private boolean addUnit(byte[] rtp, int offset, int length) {
        return picture.append(rtp, offset, length) && endUnit();
    }

    /// What was appended since the last time is a NAL unit.
    private boolean endUnit() {
        if (unitCount == NAL_UNITS_MAX) {
            return false;
        }
        int begin = bounds[unitCount];
        int type = NalUnit.type(picture.bytes()[begin]);
        hasIdr |= type == NalUnit.IDR_SLICE;
        parameterSets.learn(picture.bytes(), begin, picture.size());
        if (++unitCount == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
        bounds[unitCount] = picture.size();
        return true;
    }
}
