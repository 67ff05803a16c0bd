package phasebench.harness.load.impair;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import phasebench.harness.load.audit.TrackPart;
import phasebench.harness.load.media.TrackKind;
import phasebench.harness.load.wire.RtpHeader;
import phasebench.scenarios.Impairment;

/// One viewer's two sockets in the proxy: one that the viewer takes for the relay, and one that the relay takes for the
/// viewer. Belongs to the proxy's thread.
final class Route {
    /// What is asked for; the kernel gives at most net.core.rmem_max.
    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

    /// Datagrams taken from one socket before the next has its turn.
    private static final int DATAGRAMS_PER_TURN_MAX = 512;

    /// How packets of the ways leave, later or at once.
    interface Sending {
        void at(long dueNs, DatagramChannel channel, byte[] packet);

        void flushAt(long dueNs, Hop hop);
    }

    private final int viewer;
    private final PacketKind.Sorter fromRelay;
    private final PacketKind.Sorter fromViewer;
    private final Map<TrackKind, WindowGate> gates = new EnumMap<>(TrackKind.class);
    private final DatagramChannel towardsViewer;
    private final DatagramChannel towardsRelay;
    private final Way toViewer;
    private final Way toRelay;

    private Route(
            int viewer,
            Map<Integer, TrackKind> tracks,
            DatagramChannel towardsViewer,
            DatagramChannel towardsRelay,
            Way toViewer,
            Way toRelay) {
        this.viewer = viewer;
        this.fromRelay = new PacketKind.Sorter(tracks);
        this.fromViewer = new PacketKind.Sorter(tracks);

        this.towardsViewer = towardsViewer;
        this.towardsRelay = towardsRelay;
        this.toViewer = toViewer;
        this.toRelay = toRelay;
    }

    /// @param tracks by payload type
    static Route open(
            int viewer,
            InetSocketAddress relay,
            Map<Integer, TrackKind> tracks,
            List<Impairment> impairments,
            long seed,
            Sending sending)
            throws IOException {
        DatagramChannel towardsViewer = socket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        try {
            boolean isIpv4 = relay.getAddress() instanceof Inet4Address;
            DatagramChannel towardsRelay = socket(new InetSocketAddress(isIpv4 ? "0.0.0.0" : "::", 0));
            try {
                towardsRelay.connect(relay);
                Way toViewer = new Way(impairments, true, seed, viewer, exit(towardsViewer, sending));
                Way toRelay = new Way(impairments, false, seed, viewer, exit(towardsRelay, sending));
                return new Route(viewer, tracks, towardsViewer, towardsRelay, toViewer, toRelay);
            } catch (IOException e) {
                towardsRelay.close();
                throw e;
            }
        } catch (IOException e) {
            towardsViewer.close();
            throw new IOException("cannot open the impairment proxy's sockets towards " + relay + ": " + e, e);
        }
    }

    private static DatagramChannel socket(InetSocketAddress local) throws IOException {
        DatagramChannel channel = DatagramChannel.open(
                local.getAddress() instanceof Inet4Address
                        ? StandardProtocolFamily.INET
                        : StandardProtocolFamily.INET6);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            channel.configureBlocking(false);
            channel.bind(local);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static Hop.Exit exit(DatagramChannel channel, Sending sending) {
        return new Hop.Exit() {
            @Override
            public void at(long dueNs, Passing packet) {
                sending.at(dueNs, channel, packet.bytes());
            }

            @Override
            public void flushAt(long dueNs, Hop hop) {
                sending.flushAt(dueNs, hop);
            }
        };
    }

    int viewer() {
        return viewer;
    }

    /// The channels that the proxy watches.
    Set<DatagramChannel> channels() {
        return Set.of(towardsViewer, towardsRelay);
    }

    /// Where the viewer finds the relay.
    InetSocketAddress viewerSide() throws IOException {
        return local(towardsViewer);
    }

    /// Where the relay finds the viewer.
    InetSocketAddress relaySide() throws IOException {
        return local(towardsRelay);
    }

    private static InetSocketAddress local(DatagramChannel channel) throws IOException {
        if (channel.getLocalAddress() instanceof InetSocketAddress address) {
            return address;
        }
        throw new IOException("a socket of the impairment proxy is closed");
    }

    /// Takes what waits at one of the channels.
    ///
    /// @param buffer and `packet` take one datagram after the other
    void drain(DatagramChannel channel, ByteBuffer buffer, byte[] packet) throws IOException {
        boolean isToViewer = channel.equals(towardsRelay);
        for (int i = 0; i < DATAGRAMS_PER_TURN_MAX; i++) {
            buffer.clear();
            if (!receive(channel, buffer)) {
                return;
            }
            int length = buffer.flip().remaining();
            buffer.get(packet, 0, length);
            if (isToViewer) {
                fromRelay(packet, length);
            } else {
                PacketKind kind = fromViewer.sort(packet, length);
                toRelay.take(packet, length, kind, gate(TrackKind.VIDEO).isOpen(), System.nanoTime());
            }
        }
    }

    private void fromRelay(byte[] packet, int length) {
        PacketKind kind = fromRelay.sort(packet, length);
        boolean isCounted = switch (kind) {
            case VIDEO -> isCounted(TrackKind.VIDEO, packet);
            case AUDIO -> isCounted(TrackKind.AUDIO, packet);
            case REPAIR -> gate(fromRelay.track(packet)).contains(RtpHeader.timestamp(packet));
            case RTCP, SPARED -> gate(TrackKind.VIDEO).isOpen();
        };
        toViewer.take(packet, length, kind, isCounted, System.nanoTime());
    }

    /// Whether a packet that is new belongs to the window. With the first before it, the track's scripts begin again.
    private boolean isCounted(TrackKind track, byte[] packet) {
        WindowGate gate = gate(track);
        if (gate.isFirst(RtpHeader.timestamp(packet))) {
            toViewer.restart(track);
            toRelay.restart(track);
        }
        return gate.isOpen();
    }

    private WindowGate gate(TrackKind track) {
        return gates.computeIfAbsent(track, _ -> new WindowGate());
    }

    /// The first datagram from the viewer's side tells its address; from then on nobody else is heard.
    private static boolean receive(DatagramChannel channel, ByteBuffer buffer) throws IOException {
        try {
            if (channel.isConnected()) {
                return channel.read(buffer) > 0;
            }
            SocketAddress viewer = channel.receive(buffer);
            if (viewer == null) {
                return false;
            }
            channel.connect(viewer);
            return true;
        } catch (PortUnreachableException _) {
            return false; // the other end is gone, which the viewer's own checks will find
        }
    }

    /// Begins a window whose first frames are not out yet: their packets are counted, and decisions begin again with
    /// them, so that they do not depend on how long the viewers took to join.
    void begin(List<TrackPart> parts) {
        toViewer.clearCounts();
        toRelay.clearCounts();
        parts.forEach(part -> gate(part.track()).begin(part.clock(), part.frames()));
    }

    /// Begins late, or goes on with a window that ends earlier.
    void change(List<TrackPart> parts) {
        if (gate(TrackKind.VIDEO).isBegun()) {
            parts.forEach(part -> gate(part.track()).shorten(part.frames()));
        } else {
            begin(parts);
        }
    }

    /// New media of all tracks.
    KindCounts media() {
        KindCounts sum = toViewer.counts(PacketKind.VIDEO);
        sum.add(toViewer.counts(PacketKind.AUDIO));
        return sum;
    }

    KindCounts repairs() {
        return toViewer.counts(PacketKind.REPAIR);
    }

    /// RTCP of both ways.
    KindCounts rtcp() {
        KindCounts sum = toViewer.counts(PacketKind.RTCP);
        sum.add(toRelay.counts(PacketKind.RTCP));
        return sum;
    }

    void close() {
        for (DatagramChannel channel : channels()) {
            try {
                channel.close();
            } catch (IOException _) {
                // nothing is left to be done with it
            }
        }
    }
}
