package phasebench.relay.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import phasebench.relay.dtls.DtlsPair.Setup;
import phasebench.relay.rtp.RtpHeader;
import phasebench.relay.srtp.Srtp;
import phasebench.relay.srtp.SrtpKeys;
import phasebench.relay.srtp.SrtpProfile;

@Timeout(30)
class DtlsSessionTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final HandshakeTerms HASTY = new HandshakeTerms(8_000, 20);
    private static final String OTHER_FINGERPRINT = DtlsIdentity.generate().fingerprint();

    @ParameterizedTest
    @EnumSource
    void bothSidesExportTheSameKeys(SrtpProfile profile) {
        Established pair = establish(Setup.PLAIN.withProfiles(List.of(profile), DtlsPair.BOTH));
        assertThat(pair.serverKeys.profile()).isEqualTo(profile);
        assertCarriesMedia(pair.serverKeys, pair.clientKeys);
        assertCarriesMedia(pair.clientKeys, pair.serverKeys);
    }

    @ParameterizedTest
    @EnumSource
    void theServerFallsBackToWhatTheClientOffers(SrtpProfile only) {
        List<SrtpProfile> otherFirst = DtlsPair.BOTH.reversed();
        assertThat(establish(Setup.PLAIN.withProfiles(otherFirst, List.of(only)))
                        .clientKeys
                        .profile())
                .isEqualTo(only);
    }

    @Test
    void theServersOrderDecides() {
        List<SrtpProfile> reversed = DtlsPair.BOTH.reversed();
        assertThat(establish(Setup.PLAIN.withProfiles(reversed, DtlsPair.BOTH))
                        .serverKeys
                        .profile())
                .isEqualTo(reversed.getFirst());
    }

    @Test
    void withoutACommonProfileBothSidesFailAndSayWhy() {
        DtlsPair pair = new DtlsPair(Setup.PLAIN.withProfiles(
                List.of(SrtpProfile.AEAD_AES_128_GCM), List.of(SrtpProfile.AES_CM_128_HMAC_SHA1_80)));
        CompletableFuture<SrtpKeys> server = pair.serverHandshake();
        assertFails(pair.clientHandshake(), "as CLIENT failed: the peer refused with handshake_failure(40)");
        assertFails(
                server,
                "no common SRTP profile: the peer offers [AES_CM_128_HMAC_SHA1_80], we take [AEAD_AES_128_GCM]");
    }

    @Test
    void aClientCertificateThatTheSdpDoesNotNameIsFatal() {
        DtlsPair pair = new DtlsPair(Setup.PLAIN.withFingerprints(Setup.PLAIN.serverFingerprint(), OTHER_FINGERPRINT));
        CompletableFuture<SrtpKeys> server = pair.serverHandshake();
        assertFails(pair.clientHandshake(), "the peer refused with bad_certificate(42)");
        assertFails(server, "its SDP says " + OTHER_FINGERPRINT);
    }

    @Test
    void aServerCertificateThatTheSdpDoesNotNameIsFatal() {
        DtlsPair pair = new DtlsPair(Setup.PLAIN.withFingerprints(OTHER_FINGERPRINT, Setup.PLAIN.clientFingerprint()));
        CompletableFuture<SrtpKeys> server = pair.serverHandshake();
        assertFails(pair.clientHandshake(), "its SDP says " + OTHER_FINGERPRINT);
        assertFails(server, "the peer refused with bad_certificate(42)");
    }

    @Test
    void fingerprintsAreReadInEitherCase() {
        establish(Setup.PLAIN.withFingerprints(
                Setup.PLAIN.serverFingerprint().toLowerCase(Locale.ROOT),
                Setup.PLAIN.clientFingerprint().toUpperCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "sha-256", "sha-256 AB", "sha-256 AB:CD", "sha-1 AB:CD", "sha-256 XY:00", "sha-256 AB CD"})
    void otherFingerprintsAreRefused(String fingerprint) {
        Setup setup = Setup.PLAIN.withFingerprints(fingerprint, fingerprint);
        assertThatThrownBy(() -> new DtlsPair(setup))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fingerprint");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28,
                29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40
            })
    void lostDatagramsAreSentAgain(int seed) {
        Random random = new Random(seed);
        boolean[] isLost = new boolean[2000];
        for (int i = 0; i < isLost.length; i++) {
            isLost[i] = random.nextInt(8) == 0;
        }
        Established pair =
                establish(Setup.PLAIN.withTerms(HASTY).withLoss(i -> isLost[i % 1000], i -> isLost[1000 + i % 1000]));
        assertCarriesMedia(pair.serverKeys, pair.clientKeys);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void anyOneDatagramMayBeLost(int index) {
        establish(Setup.PLAIN.withTerms(HASTY).withLoss(i -> i == index, _ -> false));
        establish(Setup.PLAIN.withTerms(HASTY).withLoss(_ -> false, i -> i == index));
    }

    @Test
    void theServersLastFlightIsSentAgainAfterItsHandshakeIsDone() {
        DtlsPair clean = new DtlsPair(Setup.PLAIN);
        establish(clean);
        int last = clean.sentByServer() - 1;
        DtlsPair lossy = new DtlsPair(Setup.PLAIN.withTerms(HASTY).withLoss(i -> i == last, _ -> false));
        establish(lossy);
        assertThat(lossy.sentByServer()).isGreaterThan(clean.sentByServer());
    }

    /// The server has let go of its handshake by then: it makes its answer anew each time the client
    /// repeats its flight.
    @Test
    void theServersLastFlightMayBeLostAgainAndAgain() {
        DtlsPair clean = new DtlsPair(Setup.PLAIN);
        establish(clean);
        int last = clean.sentByServer() - 1;
        DtlsPair lossy =
                new DtlsPair(Setup.PLAIN.withTerms(HASTY).withLoss(i -> i >= last && i < last + 5, _ -> false));
        Established established = establish(lossy);
        assertCarriesMedia(established.serverKeys, established.clientKeys);
        assertThat(lossy.sentByServer()).isGreaterThanOrEqualTo(last + 7);
        lossy.server().close();
        assertThat(lossy.closesSeenByClient).hasValue(1);
        assertThat(sequenceNumbers(lossy.datagramsOfServer())).doesNotHaveDuplicates();
    }

    @Test
    void aClientThatHasTheLastFlightIsSentNothingMore() {
        Established established = establish(Setup.PLAIN);
        int sent = established.pair.sentByServer();
        List<byte[]> ofClient = established.pair.datagramsOfClient();
        byte[] forged = ofClient.getLast().clone();
        forged[forged.length - 1] ^= 1;
        established.pair.server().incoming(forged, forged.length);
        // a flight of the beginning proves nothing: anybody could send it
        established.pair.server().incoming(ofClient.getFirst(), ofClient.getFirst().length);
        assertThat(established.pair.sentByServer()).isEqualTo(sent);
        // what only the client can have made is answered, once for each time
        established.pair.server().incoming(ofClient.getLast(), ofClient.getLast().length);
        assertThat(established.pair.sentByServer()).isEqualTo(sent + 2);
        assertThat(established.pair.closesSeenByServer).hasValue(0);
    }

    @Test
    void onlyAnAuthenticCloseNotifyEndsASession() {
        Established established = establish(Setup.PLAIN);
        DtlsPair deaf = established.pair;
        int before = deaf.datagramsOfClient().size();
        deaf.server().incoming(new byte[] {21, (byte) 0xfe, (byte) 0xfd, 0, 0, 0, 0, 0, 0, 0, 9, 0, 2, 1, 0}, 15);
        assertThat(deaf.closesSeenByServer).as("in the clear").hasValue(0);
        byte[] forged = new byte[13 + 8 + 2 + 16];
        System.arraycopy(new byte[] {21, (byte) 0xfe, (byte) 0xfd, 0, 1, 0, 0, 0, 0, 0, 9, 0, 26}, 0, forged, 0, 13);
        deaf.server().incoming(forged, forged.length);
        assertThat(deaf.closesSeenByServer).as("under no key").hasValue(0);
        deaf.client().close();
        assertThat(deaf.datagramsOfClient()).hasSize(before + 1);
        assertThat(deaf.closesSeenByServer).hasValue(1);
    }

    private static List<Long> sequenceNumbers(List<byte[]> datagrams) {
        List<Long> numbers = new ArrayList<>();
        for (byte[] datagram : datagrams) {
            for (int offset = 0; offset < datagram.length; offset = DtlsRecords.end(datagram, offset)) {
                numbers.add(ByteBuffer.wrap(datagram).getLong(offset + DtlsRecords.SEQUENCE_OFFSET));
            }
        }
        return numbers;
    }

    @Test
    void aPeerThatSaysNothingIsGivenUpAfterTheLimit() {
        DtlsPair pair =
                new DtlsPair(Setup.PLAIN.withTerms(new HandshakeTerms(200, 50)).withLoss(_ -> true, _ -> true));
        assertFails(pair.serverHandshake(), "as SERVER failed: no result within 200 ms");
        assertFails(pair.clientHandshake(), "as CLIENT failed: no result within 200 ms");
    }

    @Test
    void theLimitIsTenSecondsAndTheFirstResendAfterAQuarter() {
        assertThat(HandshakeTerms.DEFAULT).isEqualTo(new HandshakeTerms(10_000, 250));
    }

    @Test
    void aCloseIsSeenByTheOtherSideOnce() {
        Established byClient = establish(Setup.PLAIN);
        byClient.pair.client().close();
        byClient.pair.client().close();
        byClient.pair.server().close();
        assertThat(byClient.pair.closesSeenByServer).hasValue(1);
        assertThat(byClient.pair.closesSeenByClient).hasValue(0);

        Established byServer = establish(Setup.PLAIN);
        byServer.pair.server().close();
        assertThat(byServer.pair.closesSeenByClient).hasValue(1);
        assertThat(byServer.pair.closesSeenByServer).hasValue(0);
    }

    @Test
    void closingDuringTheHandshakeEndsIt() {
        DtlsPair pair = new DtlsPair(Setup.PLAIN);
        CompletableFuture<SrtpKeys> server = pair.serverHandshake();
        pair.server().close();
        assertFails(server, "the session was closed during the handshake");
        assertThat(pair.closesSeenByServer).hasValue(0);
    }

    @Test
    void garbageChangesNothing() {
        DtlsPair pair = new DtlsPair(Setup.PLAIN);
        Random random = new Random(7);
        IntStream.range(0, 500).forEach(_ -> pair.server().incoming(garbage(random), 40));
        establish(pair);
        for (int i = 0; i < 5_000; i++) {
            pair.server().incoming(garbage(random), random.nextInt(41));
            pair.client().incoming(garbage(random), random.nextInt(41));
        }
        assertThat(pair.closesSeenByServer).hasValue(0);
        pair.client().close();
        assertThat(pair.closesSeenByServer).hasValue(1);
    }

    @Test
    void aHandshakeHappensOnce() {
        DtlsPair pair = new DtlsPair(Setup.PLAIN);
        establish(pair);
        assertThatThrownBy(pair.server()::handshake).isInstanceOf(IllegalStateException.class);
    }

    /// Mostly what looks like a record, in either epoch.
    private static byte[] garbage(Random random) {
        byte[] bytes = new byte[41];
        random.nextBytes(bytes);
        if (random.nextInt(4) > 0) {
            bytes[0] = (byte) (20 + random.nextInt(5));
            bytes[1] = (byte) 0xfe;
            bytes[2] = (byte) (0xfc + random.nextInt(4));
            bytes[3] = 0;
            bytes[4] = (byte) (1 + random.nextInt(2));
            bytes[11] = 0;
            bytes[12] = (byte) random.nextInt(28);
        }
        return bytes;
    }

    private static void assertFails(CompletableFuture<SrtpKeys> handshake, String message) {
        assertThat(handshake)
                .failsWithin(SOON)
                .withThrowableThat()
                .havingRootCause()
                .satisfies(_ -> assertThatThrownBy(handshake::join).hasMessageContaining(message));
    }

    private static void assertCarriesMedia(SrtpKeys from, SrtpKeys to) {
        byte[] packet = new byte[200];
        RtpHeader.write(packet, 0, true, 96, 1, 2, 3);
        byte[] wire = new byte[300];
        int wireBytes = Srtp.protectRtp(Srtp.protector(from), packet, packet.length, wire, 0);
        byte[] opened = new byte[300];
        assertThat(Srtp.unprotector(to).unprotectRtp(wire, wireBytes, opened)).isEqualTo(packet.length);
    }

    private static Established establish(Setup setup) {
        return establish(new DtlsPair(setup));
    }

    private static Established establish(DtlsPair pair) {
        CompletableFuture<SrtpKeys> server = pair.serverHandshake();
        CompletableFuture<SrtpKeys> client = pair.clientHandshake();
        assertThat(client).succeedsWithin(SOON);
        assertThat(server).succeedsWithin(SOON);
        return new Established(pair, server.join(), client.join());
    }

    private record Established(DtlsPair pair, SrtpKeys serverKeys, SrtpKeys clientKeys) {}
}
