package phasebench.relay.rtsp;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongConsumer;
import phasebench.relay.buffer.BufferPool;
import phasebench.relay.buffer.PacketBuffer;
import phasebench.relay.rtp.IngestDrop;

/// A pair of UDP ports for one track: an even one for RTP and the next one for RTCP (RFC 3550, section 11).
final class UdpTransport implements TrackTransport {
    /// A publisher's packet fits an Ethernet frame, or at most a jumbo frame.
    private static final int DATAGRAM_BYTES_MAX = 9216;

    /// Some frames of the highest rates; the kernel gives what net.core.rmem_max allows (socket(7)).
    private static final int RECEIVE_BUFFER_BYTES = 2 << 20;

    private static final int BIND_ATTEMPTS = 64;

    private final DatagramChannel rtp;
    private final DatagramChannel rtcp;
    private final InetSocketAddress clientRtp;
    private final InetSocketAddress clientRtcp;
    private final String header;
    private final RtspCounters counters;
    private final BufferPool buffers;

    /// @param client address of the RTSP connection: media come from nowhere else
    /// @param buffers for packets as they are read
    /// @throws IOException if there is no free pair of ports
    UdpTransport(
            TransportOffer.Udp offer, InetAddress server, InetAddress client, RtspCounters counters, BufferPool buffers)
            throws IOException {
        DatagramChannel[] pair = bindPair(server);
        this.rtp = pair[0];
        this.rtcp = pair[1];
        this.counters = counters;
        this.buffers = buffers;
        this.clientRtp = new InetSocketAddress(client, offer.clientRtpPort());
        this.clientRtcp = new InetSocketAddress(client, offer.clientRtcpPort());
        int port = port(rtp);
        this.header = "%s;unicast;client_port=%d-%d;server_port=%d-%d;mode=record"
                .formatted(offer.profile(), offer.clientRtpPort(), offer.clientRtcpPort(), port, port + 1);
        counters.socketOpened();
        counters.socketOpened();
    }

    @Override
    public String header() {
        return header;
    }

    /// Begins to receive, with a thread for each port.
    ///
    /// @param touch called with the time of every packet from the client
    void start(TrackReceiver receiver, LongConsumer touch, ThreadFactory threads) {
        start(
                "rtsp-udp-rtp",
                threads,
                () -> receive(rtp, clientRtp, (packet, length, arrivalNs) -> {
                    touch.accept(arrivalNs);
                    byte[] report = receiver.rtp(packet, length, arrivalNs);
                    if (report != null) {
                        send(report);
                    }
                }));
        start(
                "rtsp-udp-rtcp",
                threads,
                () -> receive(rtcp, clientRtcp, (packet, length, arrivalNs) -> {
                    touch.accept(arrivalNs);
                    receiver.rtcp(packet, length, arrivalNs);
                }));
    }

    @Override
    public void close() {
        closeQuietly(rtp);
        closeQuietly(rtcp);
        counters.socketClosed();
        counters.socketClosed();
    }

    private static void start(String name, ThreadFactory threads, Runnable body) {
        Thread thread = threads.newThread(body);
        thread.setName(name);
        thread.start();
    }

    private void send(byte[] report) {
        try {
            rtcp.send(ByteBuffer.wrap(report), clientRtcp);
        } catch (IOException _) {
            // lost, as UDP may be; the next report is not far
        }
    }

    private void receive(DatagramChannel channel, InetSocketAddress client, PacketConsumer consumer) {
        byte[] packet = new byte[DATAGRAM_BYTES_MAX + 1];
        ByteBuffer buffer = ByteBuffer.wrap(packet);
        try {
            while (true) {
                SocketAddress source = channel.receive(buffer.clear());
                long arrivalNs = System.nanoTime();
                if (!client.equals(source)) {
                    counters.dropped(IngestDrop.FOREIGN_SOURCE);
                } else if (buffer.position() > DATAGRAM_BYTES_MAX) {
                    counters.dropped(IngestDrop.OVERSIZED_PACKET);
                } else {
                    accept(packet, buffer.position(), arrivalNs, consumer);
                }
            }
        } catch (ClosedChannelException _) {
            // the session has ended
        } catch (IOException e) {
            // without packets the session will expire
            System.getLogger(UdpTransport.class.getName())
                    .log(System.Logger.Level.WARNING, "UDP port " + header + " failed", e);
        }
    }

    /// Gives a packet on in a buffer of its own, as gortsplib does.
    private void accept(byte[] datagram, int length, long arrivalNs, PacketConsumer consumer) {
        PacketBuffer packet = buffers.take(length);
        System.arraycopy(datagram, 0, packet.heapArray(), 0, length);
        try {
            consumer.packet(packet.heapArray(), length, arrivalNs);
        } finally {
            packet.release();
        }
    }

    /// Lets the kernel choose one port of a pair, until the other one is free as well.
    private static DatagramChannel[] bindPair(InetAddress server) throws IOException {
        for (int i = 0; i < BIND_ATTEMPTS; i++) {
            DatagramChannel first = bind(server, 0);
            int port = port(first);
            try {
                DatagramChannel second = bind(server, port ^ 1);
                return port % 2 == 0 ? new DatagramChannel[] {first, second} : new DatagramChannel[] {second, first};
            } catch (BindException _) {
                closeQuietly(first);
            } catch (IOException e) {
                closeQuietly(first);
                throw e;
            }
        }
        throw new BindException("no pair of free UDP ports after " + BIND_ATTEMPTS + " attempts");
    }

    private static DatagramChannel bind(InetAddress server, int port) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            return channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
                    .bind(new InetSocketAddress(server, port));
        } catch (IOException e) {
            closeQuietly(channel);
            throw e;
        }
    }

    private static int port(DatagramChannel channel) throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    private static void closeQuietly(DatagramChannel channel) {
        try {
            channel.close();
        } catch (IOException _) {
            // nothing more to free
        }
    }

    /// Takes one datagram on the thread that received it.
    @FunctionalInterface
    private interface PacketConsumer {
        void packet(byte[] packet, int length, long arrivalNs);
    }
}
