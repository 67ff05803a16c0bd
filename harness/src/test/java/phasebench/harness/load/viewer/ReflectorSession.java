package phasebench.harness.load.viewer;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.wire.Bytes;
import phasebench.harness.load.wire.Rtcp;
import phasebench.harness.load.wire.RtpHeader;
import phasebench.harness.load.wire.SrtpContext;
import phasebench.harness.load.wire.SrtpProfile;

/// One viewer's session at the [ReflectorRelay]: own SSRCs, sequence and timestamp offsets, and planted faults.
public final class ReflectorSession {
    /// What happens to a packet.
    public enum Fault {
        DROP,
        DROP_BEFORE_NUMBERING,
        REPEAT,
        SWAP_WITH_NEXT,
        CORRUPT,
        WRONG_CONTENT,
        WRONG_SSRC
    }

    /// A fault for the next `count` packets that match.
    private record Plan(Predicate<byte[]> packets, Fault fault, AtomicInteger count) {}

    /// What the publisher's sound comes as; the video has the number before.
    private static final int AUDIO_PUBLISHED = 97;

    /// One track on its way to the viewer.
    private static final class Lane {
        private final int payloadType;
        private final int ssrc;
        private int sequence;
        private boolean isUsed;

        Lane(int payloadType, int ssrc, int firstSequence) {
            this.payloadType = payloadType;
            this.ssrc = ssrc;
            this.sequence = firstSequence;
        }
    }

    private final String username;
    private final Lane video;
    private final Lane audio;
    private final BlockingQueue<byte[]> records = ReflectorDtls.queue();
    private final List<byte[]> received = new ArrayList<>();
    private final Map<Integer, byte[]> history = new ConcurrentHashMap<>();
    private volatile boolean isAnsweringNacks = true;
    private volatile @Nullable SocketAddress address;
    private volatile @Nullable SrtpContext send;
    private volatile @Nullable SrtpContext receive;
    private volatile @Nullable Plan plan;
    private volatile boolean isDeleted;
    private volatile @Nullable IOException failure;
    private int rtcpIndex;
    private byte @Nullable [] held;
    private boolean isHeldAudio;

    /// @param videoType payload type of the video on its way to the viewer
    ReflectorSession(String username, int videoType, int audioType) {
        this.username = username;
        int ssrc = username.hashCode() * 31;
        // both wrap soon, so that roll-over is tested too
        this.video = new Lane(videoType, ssrc, 65_000 + username.hashCode() % 500);
        this.audio = new Lane(audioType, ~ssrc, 65_500);
    }

    /// Whether a publisher's packet is one of sound.
    public static boolean isAudio(byte[] packet) {
        return RtpHeader.payloadType(packet) == AUDIO_PUBLISHED;
    }

    public int videoSsrc() {
        return video.ssrc;
    }

    public int audioSsrc() {
        return audio.ssrc;
    }

    String username() {
        return username;
    }

    @Nullable
    SocketAddress address() {
        return address;
    }

    boolean isDeleted() {
        return isDeleted;
    }

    /// Why the handshake failed, or null.
    @Nullable
    IOException failure() {
        return failure;
    }

    void delete() {
        isDeleted = true;
        send = null;
    }

    boolean bind(SocketAddress from) {
        boolean isFirst = address == null;
        address = from;
        return isFirst;
    }

    /// Plants a fault for the next packets that match.
    ///
    /// @param packets told by their RTP header and clear payload
    public void plant(Fault fault, int count, Predicate<byte[]> packets) {
        plan = new Plan(packets, fault, new AtomicInteger(count));
    }

    void shakeHands(DtlsIdentity identity, SrtpProfile profile, ReflectorDtls.Sender sender) {
        try {
            ReflectorDtls.Result result = ReflectorDtls.accept(identity, profile, records, sender);
            receive = result.keys().receive();
            send = result.keys().send();
        } catch (IOException e) {
            failure = e;
        }
    }

    /// Has it pay no attention to NACKs from now on.
    public void ignoreNacks() {
        isAnsweringNacks = false;
    }

    /// RTCP packets of a type that came from the viewer, clear.
    public List<byte[]> received(int type) {
        return received().stream()
                .filter(packet -> packet.length > 1 && (packet[1] & 0xff) == type)
                .toList();
    }

    /// The packets that a generic NACK asks for (RFC 4585, section 6.2.1), bit by bit as they were sent.
    List<byte[]> answer(byte[] packet) {
        List<byte[]> again = new ArrayList<>();
        if (isAnsweringNacks && packet.length >= 16 && (packet[1] & 0xff) == 205 && (packet[0] & 0x1f) == 1) {
            for (int at = 12; at + 4 <= packet.length; at += 4) {
                int first = Bytes.getShort(packet, at);
                int following = Bytes.getShort(packet, at + 2);
                for (int i = 0; i <= 16; i++) {
                    byte[] kept = history.get((first + i) & 0xffff);
                    if (kept != null && (i == 0 || (following & (1 << (i - 1))) != 0)) {
                        again.add(kept);
                    }
                }
            }
        }
        return again;
    }

    /// Takes what a viewer sent.
    ///
    /// @return packets that it asks for again
    List<byte[]> receive(byte[] packet) {
        SrtpContext opening = receive;
        if ((packet[0] & 0xc0) != 0x80) {
            records.add(packet);
        } else if (opening != null) {
            int bytes = opening.unprotectRtcp(packet, packet.length);
            byte[] clear = bytes < 0 ? new byte[0] : Arrays.copyOf(packet, bytes);
            synchronized (received) {
                received.add(clear);
            }
            return answer(clear);
        }
        return List.of();
    }

    /// RTCP packets that came from the viewer, clear; empty for those that failed authentication.
    public List<byte[]> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    /// The datagrams that a publisher's packet becomes.
    synchronized List<byte[]> take(byte[] packet) {
        if (send == null) {
            return List.of();
        }
        Plan planned = plan;
        if (planned == null
                || !planned.packets().test(packet)
                || planned.count().getAndDecrement() <= 0) {
            List<byte[]> out = new ArrayList<>(List.of(protect(packet, 0)));
            if (held != null && isHeldAudio == isAudio(packet)) {
                out.add(held);
                held = null;
            }
            return out;
        }
        return switch (planned.fault()) {
            case DROP -> {
                protect(packet, 0);
                yield List.of();
            }
            case DROP_BEFORE_NUMBERING -> List.of();
            case REPEAT -> {
                byte[] out = protect(packet, 0);
                yield List.of(out, out);
            }
            case SWAP_WITH_NEXT -> {
                held = protect(packet, 0);
                isHeldAudio = isAudio(packet);
                yield List.of();
            }
            case CORRUPT -> {
                byte[] out = protect(packet, 0);
                out[out.length / 2] ^= 1;
                yield List.of(out);
            }
            case WRONG_CONTENT -> {
                packet[packet.length - 1] ^= 1;
                yield List.of(protect(packet, 0));
            }
            case WRONG_SSRC -> List.of(protect(packet, 1));
        };
    }

    /// @param ssrcOff how far from the right SSRC
    private byte[] protect(byte[] packet, int ssrcOff) {
        SrtpContext protecting = send;
        if (protecting == null) {
            return new byte[0];
        }
        Lane lane = isAudio(packet) ? audio : video;
        lane.isUsed = true;
        int extended = lane.sequence++;
        byte[] out = Arrays.copyOf(packet, packet.length + 32);
        int marker = RtpHeader.marker(packet) ? 0x80 : 0;
        RtpHeader.write(
                out,
                0,
                marker | lane.payloadType,
                extended,
                RtpHeader.timestamp(packet) + lane.ssrc,
                lane.ssrc + ssrcOff);
        byte[] sent = Arrays.copyOf(out, protecting.protectRtp(out, packet.length, extended));
        if (lane == video) {
            history.put(extended & 0xffff, sent);
        }
        return sent;
    }

    synchronized List<byte[]> senderReports() {
        SrtpContext protecting = send;
        List<byte[]> reports = new ArrayList<>();
        for (Lane lane : List.of(video, audio)) {
            if (protecting != null && lane.isUsed) {
                byte[] report = new byte[Rtcp.BYTES_MAX];
                Rtcp.SenderState state = new Rtcp.SenderState(lane.ssrc, 0, 0, 0);
                int bytes = Rtcp.writeSenderReport(report, 0, 1_000_000_000L, state);
                reports.add(Arrays.copyOf(report, protecting.protectRtcp(report, bytes, rtcpIndex++)));
            }
        }
        return reports;
    }
}
