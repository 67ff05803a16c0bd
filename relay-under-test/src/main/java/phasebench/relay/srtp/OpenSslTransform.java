package phasebench.relay.srtp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import phasebench.relay.buffer.PacketBuffer;

/// A transform by libcrypto's ciphers. It makes no object for an RTP packet that it seals, and writes to native memory
/// and to arrays alike.
abstract sealed class OpenSslTransform implements SrtpTransform permits OpenSslCmTransform, OpenSslGcmTransform {
    static final int INDEX_BYTES = 4;
    static final int RTCP_HEADER_BYTES = 8;
    static final ValueLayout.OfInt WORD = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    static final ValueLayout.OfShort HALF_WORD = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    final EvpCipher rtpCipher;
    final EvpCipher rtcpCipher;

    OpenSslTransform(EvpCipher rtpCipher, EvpCipher rtcpCipher) {
        this.rtpCipher = rtpCipher;
        this.rtcpCipher = rtcpCipher;
    }

    /// Where the payload goes: the same object each time behind a header of the usual size.
    static MemorySegment payload(PacketBuffer out, int headerBytes) {
        return headerBytes == PacketBuffer.RTP_HEADER_BYTES
                ? out.body().segment()
                : out.segment().asSlice(headerBytes);
    }

    static MemorySegment from(byte[] bytes, int offset) {
        return MemorySegment.ofArray(bytes).asSlice(offset);
    }

    @Override
    public final void close() {
        rtpCipher.close();
        rtcpCipher.close();
    }
}
