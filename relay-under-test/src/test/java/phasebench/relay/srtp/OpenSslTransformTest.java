package phasebench.relay.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.buffer.PacketBuffer;
import phasebench.relay.buffer.PacketMemory;
import phasebench.relay.buffer.PlainPacket;
import phasebench.relay.rtp.RtpHeader;

/// What libcrypto makes of a packet is what the JDK makes of it.
@ParameterizedClass
@EnumSource
class OpenSslTransformTest {
    private static final int PACKET_COUNT = 3000;
    private static final int OFFSET = 5;

    private final SrtpProfile profile;
    private final SrtpKeys keys;
    private final Random random = new Random(3711);
    private final byte[] wire = new byte[1700];
    private final byte[] opened = new byte[1700];

    OpenSslTransformTest(SrtpProfile profile) {
        this.profile = profile;
        this.keys = Srtp.keys(profile, random);
    }

    @BeforeEach
    void libcryptoIsHere() {
        Srtp.assumeUsable(SrtpProvider.OPENSSL);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void rtpIsSealedAsByTheJdk(boolean isNative) {
        try (var arena = Arena.ofConfined();
                var jce = Srtp.protector(keys, SrtpProvider.JCE);
                var openSsl = Srtp.protector(keys, SrtpProvider.OPENSSL);
                var receiver = SrtpUnprotector.of(keys.reversed(), SrtpProvider.OPENSSL)) {
            var out = isNative
                    ? PacketBuffer.overNative(arena.allocate(1600))
                    : PacketBuffer.over(new byte[1600], OFFSET, 1600 - OFFSET);
            for (int i = 0; i < PACKET_COUNT; i++) {
                // 200 at a time, so that the sequence number wraps around more than once
                byte[] packet = rtp(200 * i);
                int expected = Srtp.protectRtp(jce, packet, packet.length, wire, 0);
                assertThat(openSsl.protectRtp(inPieces(packet), out)).isEqualTo(expected);
                byte[] sealed = out.segment().asSlice(0, expected).toArray(ValueLayout.JAVA_BYTE);
                assertThat(sealed).isEqualTo(Arrays.copyOf(wire, expected));
                assertThat(receiver.unprotectRtp(sealed, sealed.length, opened)).isEqualTo(packet.length);
                assertThat(Arrays.copyOf(opened, packet.length)).isEqualTo(packet);
                sealed[random.nextInt(sealed.length)] ^= 1;
                assertThat(receiver.unprotectRtp(sealed, sealed.length, opened)).isEqualTo(-1);
                openSsl.protectRtp(inPieces(packet), out);
                assertThat(out.segment().asSlice(0, expected).toArray(ValueLayout.JAVA_BYTE))
                        .as("sent again")
                        .isEqualTo(Arrays.copyOf(wire, expected));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void rtcpIsSealedAndOpenedAsByTheJdk(SrtpProvider receiving) {
        try (var jce = Srtp.protector(keys, SrtpProvider.JCE);
                var openSsl = Srtp.protector(keys, SrtpProvider.OPENSSL);
                var receiver = SrtpUnprotector.of(keys.reversed(), receiving)) {
            for (int i = 0; i < PACKET_COUNT; i++) {
                byte[] packet = bytes(8 + 4 * random.nextInt(350));
                packet[0] = (byte) 0x81;
                packet[1] = (byte) 200;
                Bytes.putInt32(packet, 4, 0xcafe_babe);
                int expected = jce.protectRtcp(packet, packet.length, wire, 0);
                byte[] sealed = new byte[OFFSET + expected];
                assertThat(openSsl.protectRtcp(packet, packet.length, sealed, OFFSET))
                        .isEqualTo(expected);
                sealed = Arrays.copyOfRange(sealed, OFFSET, sealed.length);
                assertThat(sealed).isEqualTo(Arrays.copyOf(wire, expected));
                assertThat(receiver.unprotectRtcp(sealed, sealed.length, opened))
                        .isEqualTo(packet.length);
                assertThat(Arrays.copyOf(opened, packet.length)).isEqualTo(packet);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatDoesNotFitIsRefusedBeforeAnythingIsWrittenBehindIt(boolean isNative) {
        byte[] packet = rtp(1);
        int tooFew = packet.length + profile.rtpTagBytes() - 1;
        byte[] array = new byte[tooFew + 100];
        try (var arena = Arena.ofConfined();
                var protector = Srtp.protector(keys, SrtpProvider.OPENSSL)) {
            var memory = isNative ? arena.allocate(array.length) : MemorySegment.ofArray(array);
            for (int size : new int[] {tooFew, packet.length, packet.length - 1, 12, 11, 0}) {
                var out =
                        isNative ? PacketBuffer.overNative(memory.asSlice(0, size)) : PacketBuffer.over(array, 0, size);
                assertThatThrownBy(() -> protector.protectRtp(inPieces(packet), out))
                        .isInstanceOf(IndexOutOfBoundsException.class);
            }
            assertThat(memory.asSlice(tooFew).toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
        }
    }

    /// Sizes that lie are caught, since libcrypto would read on.
    @ParameterizedTest
    @ValueSource(ints = {101, 100_000, -1})
    void aPayloadLongerThanItsMemoryIsRefused(int claimedBytes) {
        byte[] header = Arrays.copyOf(rtp(1), 12);
        header[0] = (byte) 0x80;
        var packet = new PlainPacket(
                PacketMemory.ofArray(header, 0, 12), 12, PacketMemory.ofArray(new byte[100], 0, 100), claimedBytes);
        try (var protector = Srtp.protector(keys, SrtpProvider.OPENSSL)) {
            var out = PacketBuffer.over(new byte[200_000], 0, 200_000);
            assertThatThrownBy(() -> protector.protectRtp(packet, out)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(protector.protectRtp(inPieces(rtp(2)), out))
                    .as("it goes on")
                    .isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sealingAPacketAllocatesNothing(boolean isNative) {
        try (var arena = Arena.ofConfined();
                var protector = SrtpProtector.of(keys, SrtpProvider.OPENSSL, BufferPool.allocating())) {
            var outs = new PacketBuffer[] {
                isNative ? PacketBuffer.overNative(arena.allocate(1536)) : PacketBuffer.over(new byte[1536], 0, 1536),
                isNative ? PacketBuffer.overNative(arena.allocate(1536)) : PacketBuffer.over(new byte[1536], 0, 1536)
            };
            var packet = inPieces(Arrays.copyOf(rtpHeader(0, 12), 1200));
            seal(protector, packet, outs, 0, 60_000);
            var thread = ManagementFactory.getPlatformMXBean(com.sun.management.ThreadMXBean.class);
            long before = thread.getCurrentThreadAllocatedBytes();
            seal(protector, packet, outs, 60_000, 100_000);
            long bytes = thread.getCurrentThreadAllocatedBytes() - before;
            assertThat(bytes).as("bytes for 100000 packets").isLessThan(20_000);
        }
    }

    private static void seal(SrtpProtector protector, PlainPacket packet, PacketBuffer[] outs, int first, int count) {
        for (int i = first; i < first + count; i++) {
            RtpHeader.write(packet.header().heapArray(), 0, false, 96, i, i, 1);
            protector.protectRtp(packet.set(packet.header(), packet.payload(), 1188), outs[i % outs.length]);
        }
    }

    /// Of any size up to that of an Ethernet frame, every other one with contributing sources or an extension.
    private byte[] rtp(int sequence) {
        int sources = random.nextBoolean() ? 0 : random.nextInt(16);
        boolean isExtended = random.nextInt(4) == 0;
        int headerBytes = 12 + 4 * sources + (isExtended ? 4 + 4 * 3 : 0);
        int payloadBytes = random.nextInt(8) == 0 ? random.nextInt(18) : random.nextInt(1500 - headerBytes);
        byte[] packet = bytes(headerBytes + payloadBytes);
        System.arraycopy(rtpHeader(sequence, 12), 0, packet, 0, 12);
        packet[0] |= (byte) (sources | (isExtended ? 0x10 : 0));
        if (isExtended) {
            Bytes.putInt32(packet, 12 + 4 * sources, 0xbede_0003);
        }
        return packet;
    }

    private static byte[] rtpHeader(int sequence, int size) {
        byte[] header = new byte[size];
        RtpHeader.write(header, 0, false, 96, sequence, 3000L * sequence, 0xcafe_babeL);
        return header;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /// Header and payload apart, as shared packets have them, the payload amid an array.
    private static PlainPacket inPieces(byte[] packet) {
        int headerBytes = RtpHeader.headerLength(packet, packet.length);
        int payloadBytes = packet.length - headerBytes;
        byte[] payload = new byte[payloadBytes + 7];
        System.arraycopy(packet, headerBytes, payload, 3, payloadBytes);
        return new PlainPacket(
                PacketMemory.ofArray(Arrays.copyOf(packet, headerBytes), 0, headerBytes),
                headerBytes,
                PacketMemory.ofArray(payload, 3, payloadBytes),
                payloadBytes);
    }
}
