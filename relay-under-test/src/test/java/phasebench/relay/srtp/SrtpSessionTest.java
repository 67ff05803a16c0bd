package phasebench.relay.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import phasebench.relay.rtp.RtpHeader;

@ParameterizedClass
@EnumSource
class SrtpSessionTest {
    private final SrtpProvider provider;
    private final Random random = new Random(1);
    private final byte[] sealed = new byte[1500];
    private final byte[] opened = new byte[1500];

    SrtpSessionTest(SrtpProvider provider) {
        Srtp.assumeUsable(provider);
        this.provider = provider;
    }

    @ParameterizedTest
    @EnumSource
    void whatOneSideProtectsTheOtherReads(SrtpProfile profile) {
        Session session = session(profile);
        for (int sequence = 0; sequence < 100; sequence++) {
            byte[] packet = rtp(sequence, random.nextInt(1200));
            int sealedBytes = Srtp.protectRtp(session.out, packet, packet.length, sealed, 3);
            assertThat(sealedBytes).isEqualTo(packet.length + profile.rtpTagBytes());
            byte[] wire = Arrays.copyOfRange(sealed, 3, 3 + sealedBytes);
            assertThat(session.in.unprotectRtp(wire, wire.length, opened)).isEqualTo(packet.length);
            assertThat(Arrays.copyOf(opened, packet.length)).isEqualTo(packet);
        }
    }

    @ParameterizedTest
    @EnumSource
    void rtcpGoesBothWaysRoundWithItsIndex(SrtpProfile profile) {
        Session session = session(profile);
        for (int i = 0; i < 100; i++) {
            byte[] packet = rtcp(8 + 4 * random.nextInt(30));
            byte[] wire = session.protectRtcp(packet);
            assertThat(wire).hasSize(packet.length + profile.rtcpOverheadBytes());
            assertThat(Bytes.int32(wire, profile == SrtpProfile.AEAD_AES_128_GCM ? wire.length - 4 : wire.length - 14))
                    .isEqualTo(0x8000_0000 | i);
            assertThat(session.in.unprotectRtcp(wire, wire.length, opened)).isEqualTo(packet.length);
            assertThat(Arrays.copyOf(opened, packet.length)).isEqualTo(packet);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theRolloverCounterFollowsTheSequenceThroughTwoWraps(SrtpProfile profile) {
        Session session = session(profile);
        for (int i = 0; i < 150_000; i += 1500) {
            byte[] packet = rtp(30_000 + i, 20);
            byte[] wire = session.protectRtp(packet);
            assertThat(session.in.unprotectRtp(wire, wire.length, opened)).isEqualTo(packet.length);
            assertThat(Arrays.copyOf(opened, packet.length)).isEqualTo(packet);
        }
        assertThat(session.in.authenticationFailures()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void packetsReorderedAcrossTheWrapAreRead(SrtpProfile profile) {
        Session session = session(profile);
        byte[][] wires = new byte[40][];
        for (int i = 0; i < wires.length; i++) {
            wires[i] = session.protectRtp(rtp(65_516 + i, 20));
        }
        for (int i : new int[] {0, 10, 30, 19, 20, 5, 39, 1}) {
            assertThat(session.in.unprotectRtp(wires[i], wires[i].length, opened))
                    .as("packet %s", i)
                    .isEqualTo(32);
        }
        assertThat(session.in.replays()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aReplayedPacketIsDiscardedAndCounted(SrtpProfile profile) {
        Session session = session(profile);
        byte[] wire = session.protectRtp(rtp(7, 100));
        byte[] control = session.protectRtcp(rtcp(32));
        assertThat(session.in.unprotectRtp(wire, wire.length, opened)).isPositive();
        assertThat(session.in.unprotectRtp(wire, wire.length, opened)).isEqualTo(-1);
        assertThat(session.in.unprotectRtcp(control, control.length, opened)).isPositive();
        assertThat(session.in.unprotectRtcp(control, control.length, opened)).isEqualTo(-1);
        assertThat(session.in.replays()).isEqualTo(2);
        assertThat(session.in.authenticationFailures()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aPacketBehindTheWindowIsDiscarded(SrtpProfile profile) {
        Session session = session(profile);
        byte[] old = session.protectRtp(rtp(1, 10));
        byte[] lastInWindow = session.protectRtp(rtp(2, 10));
        byte[] newest = session.protectRtp(rtp(1 + ReplayWindow.SIZE, 10));
        assertThat(session.in.unprotectRtp(newest, newest.length, opened)).isPositive();
        assertThat(session.in.unprotectRtp(old, old.length, opened)).isEqualTo(-1);
        assertThat(session.in.unprotectRtp(lastInWindow, lastInWindow.length, opened))
                .isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void anyFlippedBitFailsAuthentication(SrtpProfile profile) {
        Session session = session(profile);
        byte[] wire = session.protectRtp(rtp(7, 30));
        byte[] control = session.protectRtcp(rtcp(32));
        for (int bit = 0; bit < 8 * wire.length; bit++) {
            assertThat(session.in.unprotectRtp(flipped(wire, bit), wire.length, opened))
                    .isEqualTo(-1);
        }
        for (int bit = 0; bit < 8 * control.length; bit++) {
            assertThat(session.in.unprotectRtcp(flipped(control, bit), control.length, opened))
                    .isEqualTo(-1);
        }
        assertThat(session.in.authenticationFailures()).isEqualTo(8L * (wire.length + control.length));
        assertThat(session.in.unprotectRtp(wire, wire.length, opened)).isPositive();
        assertThat(session.in.unprotectRtcp(control, control.length, opened)).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void protectingTheSamePacketAgainGivesTheSameBytes(SrtpProfile profile) {
        Session session = session(profile);
        byte[] first = session.protectRtp(rtp(65_535, 100));
        assertThat(session.protectRtp(rtp(65_535, 100))).isEqualTo(first);
        session.protectRtp(rtp(65_536, 100));
        assertThat(session.protectRtp(rtp(65_535, 100))).isEqualTo(first);
        session.protectRtp(rtp(65_537, 100));
    }

    @ParameterizedTest
    @EnumSource
    void aPeerCannotMakeUsKeepMoreSsrcsThanTheTableHolds(SrtpProfile profile) {
        SrtpKeys keys = Srtp.keys(profile, random);
        SrtpUnprotector in = SrtpUnprotector.of(keys.reversed(), provider);
        int accepted = 0;
        for (int ssrc = 0; ssrc < 200; ssrc++) {
            byte[] packet = rtp(1, 10);
            Bytes.putInt32(packet, 8, ssrc);
            int sealedBytes = Srtp.protectRtp(Srtp.protector(keys, provider), packet, packet.length, sealed, 0);
            accepted += in.unprotectRtp(sealed, sealedBytes, opened) > 0 ? 1 : 0;
        }
        assertThat(accepted).isEqualTo(SsrcTable.CAPACITY);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotRtpIsRefusedOnTheWayOut(SrtpProfile profile) {
        Session session = session(profile);
        assertThatThrownBy(() -> Srtp.protectRtp(session.out, new byte[12], 12, sealed, 0))
                .hasMessageContaining("not an RTP packet");
        assertThatThrownBy(() -> session.out.protectRtcp(new byte[7], 7, sealed, 0))
                .hasMessageContaining("not an RTCP packet");
    }

    private static byte[] flipped(byte[] packet, int bit) {
        byte[] copy = packet.clone();
        copy[bit / 8] ^= (byte) (1 << bit % 8);
        return copy;
    }

    private static byte[] rtp(int sequence, int payloadBytes) {
        byte[] packet = new byte[RtpHeader.FIXED_BYTES + payloadBytes];
        RtpHeader.write(packet, 0, false, 96, sequence, 3000L * sequence, 0xcafebabeL);
        Arrays.fill(packet, RtpHeader.FIXED_BYTES, packet.length, (byte) sequence);
        return packet;
    }

    private byte[] rtcp(int packetBytes) {
        byte[] packet = new byte[packetBytes];
        random.nextBytes(packet);
        packet[0] = (byte) 0x80;
        packet[1] = (byte) 200;
        Bytes.putInt32(packet, 4, 0xcafebabe);
        return packet;
    }

    private Session session(SrtpProfile profile) {
        SrtpKeys keys = Srtp.keys(profile, random);
        return new Session(Srtp.protector(keys, provider), SrtpUnprotector.of(keys.reversed(), provider));
    }

    private record Session(SrtpProtector out, SrtpUnprotector in) {
        byte[] protectRtp(byte[] packet) {
            byte[] wire = new byte[1500];
            return Arrays.copyOf(wire, Srtp.protectRtp(out, packet, packet.length, wire, 0));
        }

        byte[] protectRtcp(byte[] packet) {
            byte[] wire = new byte[1500];
            return Arrays.copyOf(wire, out.protectRtcp(packet, packet.length, wire, 0));
        }
    }
}
