package phasebench.relay.buffer;

/// One RTP packet before protection: its header and its payload, which need not be neighbours in memory. Both are in
/// arrays. Used again for each packet by its one owner.
public final class PlainPacket {
    private final int headerBytes;
    private PacketMemory header;
    private PacketMemory payload;
    private int payloadBytes;

    /// @param header memory whose first `headerBytes` are the RTP header
    public PlainPacket(PacketMemory header, int headerBytes, PacketMemory payload, int payloadBytes) {
        this.header = header;
        this.headerBytes = headerBytes;
        this.payload = payload;
        this.payloadBytes = payloadBytes;
    }

    /// A packet that lies in one piece at the begin of an array.
    public static PlainPacket of(byte[] packet, int headerBytes, int length) {
        return new PlainPacket(
                PacketMemory.ofArray(packet, 0, headerBytes),
                headerBytes,
                PacketMemory.ofArray(packet, headerBytes, length - headerBytes),
                length - headerBytes);
    }

    /// Is another packet from now on, with a header of the same size.
    public PlainPacket set(PacketMemory newHeader, PacketMemory newPayload, int newPayloadBytes) {
        header = newHeader;
        payload = newPayload;
        payloadBytes = newPayloadBytes;
        return this;
    }

    public PacketMemory header() {
        return header;
    }

    public int headerBytes() {
        return headerBytes;
    }

    public PacketMemory payload() {
        return payload;
    }

    public int payloadBytes() {
        return payloadBytes;
    }

    /// Header and payload together.
    public int length() {
        return headerBytes + payloadBytes;
    }
}
