package phasebench.relay.rtp;

/// VP8 by RFC 7741: each frame in payloads of `payloadBytesMax` bytes but the last, as one partition (PID 0).
final class Vp8Packetizer implements Packetizer {
    /// Which payload descriptor goes in front of each payload (section 4.2).
    enum Descriptor {
        /// One byte: S and PID.
        SHORT(1),
        /// Four bytes: also the 15-bit picture ID, which counts frames.
        PICTURE_ID(4);

        private final int bytes;

        Descriptor(int bytes) {
            this.bytes = bytes;
        }
    }

    private final byte[] buffer;
    private final Descriptor descriptor;

    Vp8Packetizer(int payloadBytesMax, Descriptor descriptor) {
        this.buffer = new byte[payloadBytesMax];
        this.descriptor = descriptor;
    }

    @Override
    public void packetize(AccessUnit unit, long unitNumber, PayloadConsumer out) {
        int frameBytes = unit.length(0);
        int partBytes = buffer.length - descriptor.bytes;
        writeDescriptor((int) unitNumber & 0x7fff);
        for (int at = 0; at < frameBytes; at += partBytes) {
            int bytes = Math.min(partBytes, frameBytes - at);
            buffer[0] = (byte) ((buffer[0] & 0x80) | (at == 0 ? 0x10 : 0));
            System.arraycopy(unit.bytes(), unit.begin(0) + at, buffer, descriptor.bytes, bytes);
            out.payload(buffer, 0, descriptor.bytes + bytes, at + bytes == frameBytes);
        }
    }

    @Override
    public int packetCount(AccessUnit unit) {
        return Math.ceilDiv(unit.length(0), buffer.length - descriptor.bytes);
    }

    private void writeDescriptor(int pictureId) {
        switch (descriptor) {
            case SHORT -> buffer[0] = 0;
            case PICTURE_ID -> {
                buffer[0] = (byte) 0x80;
                buffer[1] = (byte) 0x80;
                buffer[2] = (byte) (0x80 | pictureId >>> 8);
                buffer[3] = (byte) pictureId;
            }
        }
    }
}
