package phasebench.relay.rtp;

import java.util.List;

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
        List<byte[]> nals = unit.units();
        int next = 0;
        while (next < nals.size()) {
            int end = parameterSetsEnd(nals, next);
            if (end - next > 1) {
                aggregate(nals.subList(next, end), end == nals.size(), out);
                next = end;
            } else {
                byte[] nal = nals.get(next++);
                boolean isLast = next == nals.size();
                if (nal.length <= buffer.length) {
                    out.payload(nal, 0, nal.length, isLast);
                } else {
                    fragment(nal, isLast, out);
                }
            }
        }
    }

    @Override
    public int packetCount(AccessUnit unit) {
        List<byte[]> nals = unit.units();
        int count = 0;
        int next = 0;
        while (next < nals.size()) {
            int end = parameterSetsEnd(nals, next);
            int nalBytes = nals.get(next).length;
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
    private int parameterSetsEnd(List<byte[]> nals, int begin) {
        int bytes = 1;
        int end = begin;
        while (end < nals.size() && NalUnit.isParameterSet(nals.get(end))) {
            bytes += 2 + nals.get(end).length;
            if (bytes > buffer.length) {
                break;
            }
            end++;
        }
        return end;
    }

    /// Section 5.7.1: the header carries the highest NRI, and F if any has it.
    private void aggregate(List<byte[]> nals, boolean isLast, PayloadConsumer out) {
        int size = 1;
        int forbidden = 0;
        int importance = 0;
        for (byte[] nal : nals) {
            forbidden |= nal[0] & 0x80;
            importance = Math.max(importance, nal[0] & 0x60);
            buffer[size] = (byte) (nal.length >>> 8);
            buffer[size + 1] = (byte) nal.length;
            System.arraycopy(nal, 0, buffer, size + 2, nal.length);
            size += 2 + nal.length;
        }
        buffer[0] = (byte) (forbidden | importance | NalUnit.STAP_A);
        out.payload(buffer, 0, size, isLast);
    }

    /// Section 5.8: the NAL unit's header moves into the two bytes in front of each fragment.
    private void fragment(byte[] nal, boolean isLast, PayloadConsumer out) {
        int fragmentBytes = buffer.length - FRAGMENT_HEADER_BYTES;
        buffer[0] = (byte) ((nal[0] & 0xe0) | NalUnit.FU_A);
        for (int at = 1; at < nal.length; at += fragmentBytes) {
            int bytes = Math.min(fragmentBytes, nal.length - at);
            boolean isEnd = at + bytes == nal.length;
            buffer[1] = (byte) ((at == 1 ? 0x80 : 0) | (isEnd ? 0x40 : 0) | NalUnit.type(nal));
            System.arraycopy(nal, at, buffer, FRAGMENT_HEADER_BYTES, bytes);
            out.payload(buffer, 0, FRAGMENT_HEADER_BYTES + bytes, isLast && isEnd);
        }
    }
}
