package phasebench.relay.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import phasebench.relay.buffer.PacketBuffer;
import phasebench.relay.buffer.PooledBuffers;
import phasebench.relay.metrics.RelayCounter;
import phasebench.relay.metrics.RelayMetrics;
import phasebench.relay.rtp.AccessUnit;
import phasebench.relay.rtp.TrackFormat;
import phasebench.relay.socket.Destination;
import phasebench.relay.socket.PacketSender;
import phasebench.relay.srtp.SrtpKeys;
import phasebench.relay.srtp.SrtpProfile;
import phasebench.relay.srtp.SrtpProtector;
import phasebench.relay.srtp.SrtpProvider;
import phasebench.relay.stream.LiveStream;
import phasebench.relay.stream.MediaUnit;
import phasebench.relay.stream.StreamPlan;
import phasebench.relay.stream.StreamTakenException;
import phasebench.relay.stream.Streams;
import phasebench.relay.stream.UnitSink;
import phasebench.relay.stream.Viewer;

/// What one viewer gets when it asks again, by each value of `nack` and `copies`.
class NackAnswersTest {
    private static final Destination VIEWER =
            Destination.of(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9));
    private static final long VIDEO_SSRC = 0xcafe_0001L;
    private static final long AUDIO_SSRC = 0xcafe_0002L;

    private final Random random = new Random(5);
    private final PooledBuffers pool = new PooledBuffers();
    private final RelayMetrics metrics = new RelayMetrics();
    private final AtomicLong nowNs = new AtomicLong(1_000_000_000_000L);
    private final Map<Integer, byte[]> video = new LinkedHashMap<>();
    private final Map<Integer, byte[]> audio = new LinkedHashMap<>();
    private final List<byte[]> sentAgain = new ArrayList<>();
    private int videoCount;
    /// Both by `open`.
    @SuppressWarnings("NullAway.Init")
    private LiveStream stream;

    @SuppressWarnings("NullAway.Init")
    private ViewerOutput output;

    static Stream<Arguments> all() {
        return Stream.of(NackMode.PER_VIEWER, NackMode.SHARED)
                .flatMap(mode -> Stream.of(true, false)
                        .flatMap(isShared ->
                                Stream.of(SrtpProfile.values()).map(profile -> Arguments.of(mode, isShared, profile))));
    }

    /// Sends on the viewer's behalf, as it would be without a network.
    private final class Outlet implements PacketSender {
        @Override
        public PacketBuffer next(int bytesMax) {
            return PacketBuffer.over(new byte[bytesMax], 0, bytesMax);
        }

        @Override
        public void packet(PacketBuffer packet, int length, Destination to) {
            var datagram = Arrays.copyOfRange(packet.heapArray(), packet.offset(), packet.offset() + length);
            var track = isVideo(datagram) ? video : audio;
            // the newest packets last, also after a wrap
            track.remove(sequence(datagram));
            track.put(sequence(datagram), datagram);
            videoCount += isVideo(datagram) ? 1 : 0;
        }

        @Override
        public void endOfUnit() {}

        @Override
        public void flush() {}
    }

    private void open(NackMode mode, boolean isShared, SrtpProfile profile) {
        var plan = new StreamPlan(isShared ? pool : null, mode == NackMode.SHARED);
        var streams = new Streams(plan, nowNs::get);
        try {
            streams.publish("cam", List.of(new TrackFormat.H264("42e01f"), new TrackFormat.Opus(2)));
        } catch (StreamTakenException e) {
            throw new IllegalStateException(e);
        }
        stream = Objects.requireNonNull(streams.find("cam"));
        var keys = SrtpKeys.ofClient(profile, bytes(SrtpKeys.exportedBytes(profile)));
        var protector = SrtpProtector.of(keys, SrtpProvider.JCE, pool);
        var egress = new ViewerEgress(profile, protector, pool, new Outlet(), this::sendNow, () -> VIEWER);
        var plans = List.of(
                new TrackPlan(0, new TrackFormat.H264("42e01f"), 108, VIDEO_SSRC, true),
                new TrackPlan(1, new TrackFormat.Opus(2), 111, AUDIO_SSRC, false));
        output = new ViewerOutput(stream, plans, new Forwarding(isShared, mode, pool, metrics, nowNs::get), egress);
        stream.join(new UnitSink() {
            @Override
            public void unit(MediaUnit unit) {
                output.forward(unit);
            }

            @Override
            public void end() {}

            @Override
            public int viewerCount() {
                return 1;
            }
        });
    }

    @AfterEach
    void allMemoryIsGivenBack() {
        output.close();
        stream.close();
        assertThat(pool.inUse()).isZero();
    }

    /// Where packets are shared, around the 16 bits of a sequence number as well.
    @ParameterizedTest
    @MethodSource("all")
    void thePacketsThatAreKeptComeAgainBitForBit(NackMode mode, boolean isShared, SrtpProfile profile) {
        open(mode, isShared, profile);
        for (int round = 0; round < 8; round++) {
            publish(isShared ? 9000 : 2000);
            var newest = List.copyOf(video.values());
            var kept = newest.subList(newest.size() - 1024, newest.size());
            for (int i = 0; i < 20; i++) {
                var wanted = kept.get(random.nextInt(kept.size()));
                nowNs.addAndGet(200_000_000);
                nack(VIDEO_SSRC, sequence(wanted));
                assertThat(sentAgain).hasSize(1);
                assertThat(sentAgain.removeFirst()).isEqualTo(wanted);
            }
        }
        assertThat(video.size() == 1 << 16).as("sequence numbers have wrapped").isEqualTo(isShared);
        assertThat(metrics.value(RelayCounter.RTP_RETRANSMISSIONS_OUT)).isEqualTo(8 * 20);
        assertThat(metrics.value(RelayCounter.NACKS_UNANSWERED)).isZero();
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatIsNotKeptIsNotSent(NackMode mode, boolean isShared, SrtpProfile profile) {
        open(mode, isShared, profile);
        nack(VIDEO_SSRC, 7);
        publish(3000);
        var sequences = List.copyOf(video.keySet());
        int last = sequences.getLast();
        nack(VIDEO_SSRC, last + 1 & 0xffff);
        nack(VIDEO_SSRC, sequences.getFirst() - 1 & 0xffff);
        nack(VIDEO_SSRC, sequences.get(sequences.size() - 2049));
        nack(AUDIO_SSRC, audio.keySet().iterator().next());
        assertThat(metrics.value(RelayCounter.NACKS_UNANSWERED)).isEqualTo(5);
        nack(VIDEO_SSRC ^ 1, last);
        assertThat(sentAgain).isEmpty();
        assertThat(metrics.value(RelayCounter.RTP_RETRANSMISSIONS_OUT)).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"PER_VIEWER", "SHARED"})
    void onlyASharedHistoryIgnoresWhatIsAskedForAgainAtOnce(NackMode mode) {
        open(mode, true, SrtpProfile.AEAD_AES_128_GCM);
        publish(100);
        int sequence = List.copyOf(video.keySet()).get(50);
        nack(VIDEO_SSRC, sequence, sequence);
        nowNs.addAndGet(49_000_000);
        nack(VIDEO_SSRC, sequence);
        assertThat(sentAgain).hasSize(mode == NackMode.SHARED ? 1 : 3);
        nowNs.addAndGet(1_000_000);
        nack(VIDEO_SSRC, sequence);
        assertThat(sentAgain).hasSize(mode == NackMode.SHARED ? 2 : 4);
    }

    @Test
    void aSharedHistoryForgetsAfterTenSeconds() {
        open(NackMode.SHARED, true, SrtpProfile.AEAD_AES_128_GCM);
        publish(100);
        int sequence = video.keySet().iterator().next();
        nowNs.addAndGet(10_000_000_000L);
        nack(VIDEO_SSRC, sequence);
        assertThat(sentAgain).hasSize(1);
        nowNs.addAndGet(1_000_000_000L);
        nack(VIDEO_SSRC, sequence);
        assertThat(sentAgain).hasSize(1);
    }

    @Test
    void withoutNackNothingIsKeptAndNothingSentAgain() {
        open(NackMode.OFF, true, SrtpProfile.AES_CM_128_HMAC_SHA1_80);
        publish(100);
        video.keySet().forEach(sequence -> nack(VIDEO_SSRC, sequence));
        assertThat(sentAgain).isEmpty();
        assertThat(metrics.value(RelayCounter.NACKS_UNANSWERED)).isEqualTo(video.size());
    }

    @Test
    void privateCopiesAreARingOf1024() {
        open(NackMode.PER_VIEWER, false, SrtpProfile.AES_CM_128_HMAC_SHA1_80);
        publish(500);
        assertThat(pool.inUse()).isEqualTo(video.size());
        publish(5000);
        assertThat(pool.inUse()).isEqualTo(PrivateCopies.PACKET_COUNT);
    }

    /// So many packets of video at least, and some audio.
    private void publish(int packetCount) {
        int end = videoCount + packetCount;
        while (videoCount < end) {
            int bytes = 2 + random.nextInt(random.nextInt(50) == 0 ? 6000 : 100);
            var nal = bytes(bytes);
            nal[0] = 0x41;
            long timestamp = random.nextInt() & 0xffff_ffffL;
            stream.accessUnit(0, new AccessUnit(timestamp, List.of(nal), false, nowNs.get()));
            if (random.nextInt(16) == 0) {
                stream.accessUnit(1, new AccessUnit(timestamp, List.of(bytes(80)), true, nowNs.get()));
            }
        }
    }

    private void nack(long ssrc, Integer... sequences) {
        output.nack(new Viewer.Nack(ssrc, List.of(sequences)));
    }

    /// Takes retransmissions, and passes over sender reports.
    private boolean sendNow(ByteBuffer datagram) {
        var bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        if ((bytes[1] & 0xff) != 200) {
            sentAgain.add(bytes);
        }
        return true;
    }

    private static boolean isVideo(byte[] datagram) {
        return (datagram[1] & 0x7f) == 108;
    }

    private static int sequence(byte[] datagram) {
        return (datagram[2] & 0xff) << 8 | (datagram[3] & 0xff);
    }

    private byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
