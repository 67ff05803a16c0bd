package phasebench.relay.rtp;

/// H.264 by RFC 6184, packetization-mode 1.
///
/// A NAL unit that fits is one payload; a longer one becomes FU-A fragments, all of `payloadBytesMax` bytes
/// but the last. Neighbouring parameter sets share a STAP-A; nothing else is aggregated, so that slices map
/// one to one.
final class H264Packetizer implements Packetizer {
    private static final int FRAGMENT_HEADER_BYTES = 2;

    private final byte[] buffer;

    H264Packetizer(int payloadBytesMax) {
        buffer = new byte[payloadBytesMax];
    }

    @Override
    public void packetize(AccessUnit unit, long unitNumber, PayloadConsumer out) {
        int next = 0;
        while (next < unit.partCount()) {
            int end = parameterSetsEnd(unit, next);
            if (end - next > 1) {
                aggregate(unit, next, end, out);
                next = end;
            } else {
                if (unit.length(next) <= buffer.length) {
                    out.payload(unit.bytes(), unit.begin(next), unit.length(next), next + 1 == unit.partCount());
                } else {
                    fragment(unit, next, out);
                }
                next++;
            }
        }
    }

    @Override
    public int packetCount(AccessUnit unit) {
        int count = 0;
        int next = 0;
        while (next < unit.partCount()) {
            int end = parameterSetsEnd(unit, next);
            int nalBytes = unit.length(next);
            if (end - next > 1) {
                next = end;
                count++;
            } else {
                next++;
                count += nalBytes <= buffer.length
                        ? 1
                        : Math.ceilDiv(nalBytes - 1, buffer.length - FRAGMENT_HEADER_BYTES);
            }
        }
        return count;
    }

    /// End of the run of parameter sets from `begin` that fit into one STAP-A.
    private int parameterSetsEnd(AccessUnit unit, int begin) {
        int bytes = 1;
        int end = begin;
        while (end < unit.partCount() && NalUnit.isParameterSet(unit.bytes()[unit.begin(end)])) {
            bytes += 2 + unit.length(end);
            if (bytes > buffer.length) {
                break;
            }
            end++;
        }
        return end;
    }

    /// Section 5.7.1: the header carries the highest NRI, and F if any has it.
    private void aggregate(AccessUnit unit, int begin, int end, PayloadConsumer out) {
        int size = 1;
        int forbidden = 0;
        int importance = 0;
        for (int i = begin; i < end; i++) {
            int nalBytes = unit.length(i);
            byte header = unit.bytes()[unit.begin(i)];
            forbidden |= header & 0x80;
            importance = Math.max(importance, header & 0x60);
            buffer[size] = (byte) (nalBytes >>> 8);
            buffer[size + 1] = (byte) nalBytes;
            System.arraycopy(unit.bytes(), unit.begin(i), buffer, size + 2, nalBytes);
            size += 2 + nalBytes;
        }
        buffer[0] = (byte) (forbidden | importance | NalUnit.STAP_A);
        out.payload(buffer, 0, size, end == unit.partCount());
    }

    /// Section 5.8: the NAL unit's header moves into the two bytes in front of each fragment.
    private void fragment(AccessUnit unit, int part, PayloadConsumer out) {
        byte[] bytes = unit.bytes();
        int begin = unit.begin(part);
        int end = begin + unit.length(part);
        byte header = bytes[begin];
        int fragmentBytes = buffer.length - FRAGMENT_HEADER_BYTES;
        buffer[0] = (byte) ((header & 0xe0) | NalUnit.FU_A);
        for (int at = begin + 1; at < end; at += fragmentBytes) {
            int length = Math.min(fragmentBytes, end - at);
            boolean isEnd = at + length == end;
            buffer[1] = (byte) ((at == begin + 1 ? 0x80 : 0) | (isEnd ? 0x40 : 0) | NalUnit.type(header));
            System.arraycopy(bytes, at, buffer, FRAGMENT_HEADER_BYTES, length);
            out.payload(buffer, 0, FRAGMENT_HEADER_BYTES + length, isEnd && part + 1 == unit.partCount());
        }
    }
}
