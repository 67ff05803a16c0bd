package phasebench.harness.load.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import phasebench.harness.load.audit.MediaAudit;
import phasebench.harness.load.audit.SampleShare;
import phasebench.harness.load.audit.ViewerSigns;
import phasebench.harness.load.audit.ViewerTally;
import phasebench.harness.load.audit.WindowTally;
import phasebench.harness.load.media.FrameDrive;
import phasebench.harness.load.media.FrameGrid;
import phasebench.harness.load.media.FrameWindow;
import phasebench.harness.load.media.SyntheticSource;
import phasebench.harness.load.media.Track;
import phasebench.harness.load.receive.ReceiveEngine.Media;
import phasebench.harness.load.wire.RtpHeader;
import phasebench.harness.load.wire.SrtpContext;
import phasebench.harness.load.wire.SrtpProfile;
import phasebench.scenarios.MediaSource;

/// The same packets, with the same seeded faults, through each engine: what is audited must be the same.
@Timeout(30)
class EngineAuditTest {
    private static final int FRAMES = 60;
    private static final int PACKETS = 8;
    private static final SrtpProfile PROFILE = SrtpProfile.AEAD_AES_128_GCM;
    private static final byte[] KEY = new byte[SrtpProfile.KEY_BYTES];
    private static final byte[] SALT = new byte[PROFILE.saltBytes()];

    private final FrameGrid grid = new FrameGrid(30, 1234);
    private final SyntheticSource source = new SyntheticSource(new MediaSource.Synthetic(30, PACKETS, 1188), 0, 7);

    private static final class PastDrive implements FrameDrive {
        private final long firstNs = System.nanoTime() - 3_000_000_000L;

        @Override
        public long awaitFrame(long frameIndex) {
            return dueNs(frameIndex);
        }

        @Override
        public long dueNs(long frameIndex) {
            return firstNs + frameIndex * 33_333_333L;
        }

        @Override
        public long newestFrame() {
            return FRAMES;
        }

        @Override
        public void delivered(long frameIndex) {}
    }

    private record Audited(MediaAudit audit, ViewerPath path) implements DatagramSink {
        @Override
        public boolean datagram(MemorySegment memory, long at, int length, long nowNs) {
            audit.packet(memory, at, length, nowNs);
            if (audit.isLearned()) {
                path.headersSuffice();
            }
            return true;
        }

        @Override
        public void failed(String reason) {
            throw new AssertionError(reason);
        }
    }

    private List<byte[]> packets() {
        SrtpContext send = SrtpContext.of(PROFILE, KEY, SALT);
        List<byte[]> packets = new ArrayList<>();
        int sequence = 65_400; // runs through the wrap
        for (int frame = 0; frame <= FRAMES; frame++) {
            List<byte[]> units = source.payloads(frame, 0);
            for (int i = 0; i < units.size(); i++, sequence++) {
                byte[] unit = units.get(i);
                byte[] packet = new byte[RtpHeader.FIXED_BYTES + unit.length + 32];
                System.arraycopy(unit, 0, packet, RtpHeader.FIXED_BYTES, unit.length);
                int marker = i == units.size() - 1 ? 0x80 : 0;
                RtpHeader.write(packet, 0, marker | 103, sequence, grid.timestamp(frame), 42);
                int bytes = send.protectRtp(packet, RtpHeader.FIXED_BYTES + unit.length, sequence);
                packets.add(Arrays.copyOf(packet, bytes));
            }
        }
        return packets;
    }

    /// Loses, repeats, swaps, corrupts and cuts some, and adds packets of another source and what is no RTP.
    private static List<byte[]> spoiled(List<byte[]> packets) {
        Random random = new Random(5);
        List<byte[]> sent = new ArrayList<>();
        for (byte[] packet : packets) {
            switch (sent.size() < 50 ? 99 : random.nextInt(40)) {
                case 0 -> {}
                case 1 -> sent.addAll(List.of(packet, packet));
                case 2 -> sent.add(sent.size() - 1, packet);
                case 3 -> {
                    byte[] corrupt = packet.clone();
                    corrupt[corrupt.length / 2] ^= 1;
                    sent.add(corrupt);
                }
                case 4 -> {
                    byte[] foreign = packet.clone();
                    foreign[11] ^= 1;
                    sent.addAll(List.of(foreign, packet));
                }
                case 5 -> sent.addAll(List.of(new byte[] {(byte) 0x80, 103, 1}, packet));
                default -> sent.add(packet);
            }
        }
        return sent;
    }

    private record Result(ViewerTally viewer, List<Long> counts) {}

    private static ViewerTally withoutTimes(ViewerTally tally) {
        ViewerSigns signs = tally.signs();
        return new ViewerTally(
                tally.viewer(),
                tally.track(),
                tally.isConnected(),
                tally.framesExpected(),
                tally.framesComplete(),
                tally.packetsReceived(),
                tally.packetsLost(),
                tally.packetsDuplicated(),
                tally.packetsReordered(),
                new ViewerSigns(
                        signs.ssrc(),
                        signs.packetsOfOthers(),
                        signs.wrong(),
                        signs.frames(),
                        ViewerSigns.NONE.latency()));
    }

    private Result through(ReceiveEngine engine, List<byte[]> packets) throws Exception {
        return through(engine, Media.WHOLE, SampleShare.of(3, 0.5), packets);
    }

    private Result through(ReceiveEngine engine, Media media, SampleShare share, List<byte[]> packets)
            throws Exception {
        try (engine;
                DatagramSocket relay = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Track track = new Track(source, grid, new PastDrive());
            MediaAudit audit = new MediaAudit(track, 103, SrtpContext.of(PROFILE, KEY, SALT), share);
            WindowTally tally = new WindowTally();
            tally.beginAt(System.nanoTime());
            ViewerPath path = engine.open((InetSocketAddress) relay.getLocalSocketAddress(), media);
            path.deliverTo(new Audited(audit, path));
            path.send(new byte[] {1}, 1);
            DatagramPacket hello = new DatagramPacket(new byte[10], 10);
            relay.receive(hello);
            SocketAddress viewer = hello.getSocketAddress();
            FrameWindow window = new FrameWindow(5);
            window.endBefore(FRAMES);
            audit.begin(window, tally);
            for (byte[] packet : packets) {
                relay.send(new DatagramPacket(packet, packet.length, viewer));
                engine.drain();
            }
            return new Result(
                    withoutTimes(audit.end(0, true)),
                    List.of(
                            tally.packetsVerified(),
                            tally.authenticationFailures(),
                            tally.contentMismatches(),
                            tally.latencyNs().getTotalCount(),
                            tally.recovery().packetsLate()));
        }
    }

    @Test
    void bothEnginesAuditTheSamePacketsAlike() throws Exception {
        List<byte[]> packets = spoiled(packets());
        Result own = through(new ChannelEngine(), packets);
        Result shared = through(SharedEngine.open(SharedEngine.Settings.DEFAULT), packets);
        Result gro = through(SharedEngine.open(SharedEngine.Settings.DEFAULT.withGro()), packets);

        assertThat(shared).isEqualTo(own);
        assertThat(gro).isEqualTo(own);
        assertThat(List.of(
                        own.viewer().packetsLost(),
                        own.viewer().packetsDuplicated(),
                        own.viewer().packetsReordered(),
                        own.counts().get(1),
                        own.counts().get(2)))
                .as("each kind of fault was planted")
                .allSatisfy(count -> assertThat(count).isPositive());
    }

    @Test
    void headersTellAsMuchAsWholePackets() throws Exception {
        List<byte[]> packets = spoiled(packets());
        Result own = through(new ChannelEngine(), Media.HEADERS, SampleShare.NONE, packets);
        Result shared =
                through(SharedEngine.open(SharedEngine.Settings.DEFAULT), Media.HEADERS, SampleShare.NONE, packets);

        assertThat(shared).isEqualTo(own);
        assertThat(own.viewer().packetsReceived()).isGreaterThan(300);
        assertThat(own.viewer().packetsLost()).isPositive();
        assertThat(own.counts().getFirst()).as("decrypted").isZero();
    }

    @Test
    void withoutFaultsBothFindNone() throws Exception {
        Result own = through(new ChannelEngine(), packets());
        Result shared = through(SharedEngine.open(SharedEngine.Settings.DEFAULT), packets());

        assertThat(shared).isEqualTo(own);
        assertThat(own.viewer().isWhole()).isTrue();
        assertThat(own.viewer().packetsReceived()).isEqualTo((FRAMES - 5) * PACKETS);
        assertThat(own.counts().get(2)).isZero();
    }
}
