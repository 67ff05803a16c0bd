package phasebench.harness.load.publisher;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.media.FrameSource;
import phasebench.scenarios.Transport;

/// A stream announced and recording at the relay: takes RTP and RTCP packets, interleaved or as datagrams.
final class RtspSession implements AutoCloseable {
    /// Of the first track; those of further ones follow.
    private static final int PAYLOAD_TYPE = 96;

    /// Bytes in front of an interleaved packet: `$`, channel, length (RFC 2326, section 10.12).
    static final int INTERLEAVED_BYTES = 4;

    private static final Pattern SERVER_PORT = Pattern.compile("server_port=(\\d+)(?:-(\\d+))?");

    private final RtspConnection connection;
    private final String uri;

    /// One for each track; none when packets are interleaved.
    private final List<UdpPair> udp;

    private volatile boolean isClosing;

    /// The publisher's datagram sockets and where they send to.
    private record UdpPair(DatagramSocket rtp, DatagramSocket rtcp, InetSocketAddress toRtp, InetSocketAddress toRtcp) {
        void close() {
            rtp.close();
            rtcp.close();
        }
    }

    private RtspSession(RtspConnection connection, String uri, List<UdpPair> udp) {
        this.connection = connection;
        this.uri = uri;
        this.udp = udp;
    }

    /// ANNOUNCE, SETUP of each track and RECORD.
    ///
    /// @throws IOException if the relay cannot be reached or refuses
    static RtspSession record(URI uri, List<FrameSource> tracks, Transport transport) throws IOException {
        RtspConnection connection = RtspConnection.open(uri);
        List<UdpPair> udp = new ArrayList<>();
        try {
            connection.request(
                    "ANNOUNCE", uri.toString(), Map.of("Content-Type", "application/sdp"), description(uri, tracks));
            for (int i = 0; i < tracks.size(); i++) {
                String control = uri + "/streamid=" + i;
                if (transport == Transport.UDP) {
                    udp.add(setupUdp(connection, uri, control));
                } else {
                    String channels = rtpChannel(i) + "-" + (rtpChannel(i) + 1);
                    connection.request(
                            "SETUP",
                            control,
                            Map.of("Transport", "RTP/AVP/TCP;unicast;interleaved=" + channels + ";mode=record"),
                            "");
                }
            }
            connection.request("RECORD", uri.toString(), Map.of("Range", "npt=0.000-"), "");
            return new RtspSession(connection, uri.toString(), List.copyOf(udp));
        } catch (IOException e) {
            udp.forEach(UdpPair::close);
            connection.close();
            throw e;
        }
    }

    private static int rtpChannel(int track) {
        return 2 * track;
    }

    static int payloadType(int track) {
        return PAYLOAD_TYPE + track;
    }

    static String description(URI uri, List<FrameSource> tracks) {
        List<String> lines = new ArrayList<>(
                List.of("v=0", "o=- 0 0 IN IP4 127.0.0.1", "s=phasebench", "c=IN IP4 " + uri.getHost(), "t=0 0"));
        for (int i = 0; i < tracks.size(); i++) {
            FrameSource track = tracks.get(i);
            lines.add("m=" + track.kind().word() + " 0 RTP/AVP " + payloadType(i));
            lines.add("a=rtpmap:" + payloadType(i) + " " + track.kind().encoding());
            if (!track.formatParameters().isEmpty()) {
                lines.add("a=fmtp:" + payloadType(i) + " " + track.formatParameters());
            }
            lines.add("a=control:streamid=" + i);
        }
        lines.add("");
        return String.join("\r\n", lines);
    }

    private static UdpPair setupUdp(RtspConnection connection, URI uri, String control) throws IOException {
        InetAddress host = InetAddress.getByName(uri.getHost());
        DatagramSocket[] pair = portPair(host);
        try {
            int port = pair[0].getLocalPort();
            RtspConnection.Response response = connection.request(
                    "SETUP",
                    control,
                    Map.of("Transport", "RTP/AVP/UDP;unicast;client_port=" + port + "-" + (port + 1) + ";mode=record"),
                    "");
            Matcher ports = SERVER_PORT.matcher(response.headers().getOrDefault("transport", ""));
            if (!ports.find()) {
                throw new IOException("relay " + connection.peer() + " answered SETUP over UDP without server_port");
            }
            int rtp = Integer.parseInt(ports.group(1));
            int rtcp = ports.group(2) == null ? rtp + 1 : Integer.parseInt(ports.group(2));
            return new UdpPair(pair[0], pair[1], new InetSocketAddress(host, rtp), new InetSocketAddress(host, rtcp));
        } catch (IOException e) {
            pair[0].close();
            pair[1].close();
            throw e;
        }
    }

    /// Two sockets on an even port and the next (RFC 3550, section 11).
    private static DatagramSocket[] portPair(InetAddress host) throws IOException {
        InetAddress local = host.isLoopbackAddress() ? host : new InetSocketAddress(0).getAddress();
        for (int attempt = 0; attempt < 50; attempt++) {
            DatagramSocket rtp = new DatagramSocket(new InetSocketAddress(local, 0));
            if (rtp.getLocalPort() % 2 == 0) {
                try {
                    return new DatagramSocket[] {
                        rtp, new DatagramSocket(new InetSocketAddress(local, rtp.getLocalPort() + 1))
                    };
                } catch (IOException _) {
                    // the odd neighbour is taken: next pair
                }
            }
            rtp.close();
        }
        throw new IOException("no pair of free UDP ports for an RTSP publisher");
    }

    /// Sends the packets of a frame, each preceded by room of [#INTERLEAVED_BYTES] and its length in `lengths`.
    void sendFrame(int track, byte[] packets, int[] lengths, int count) throws IOException {
        int at = 0;
        if (!udp.isEmpty()) {
            UdpPair pair = udp.get(track);
            for (int i = 0; i < count; i++) {
                at += INTERLEAVED_BYTES;
                pair.rtp().send(new DatagramPacket(packets, at, lengths[i], pair.toRtp()));
                at += lengths[i];
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            interleaved(packets, at, rtpChannel(track), lengths[i]);
            at += INTERLEAVED_BYTES + lengths[i];
        }
        connection.write(packets, at);
    }

    /// Sends one RTCP packet, preceded by room of [#INTERLEAVED_BYTES].
    void sendRtcp(int track, byte[] packet, int length) throws IOException {
        if (!udp.isEmpty()) {
            UdpPair pair = udp.get(track);
            pair.rtcp().send(new DatagramPacket(packet, INTERLEAVED_BYTES, length, pair.toRtcp()));
            return;
        }
        interleaved(packet, 0, rtpChannel(track) + 1, length);
        connection.write(packet, INTERLEAVED_BYTES + length);
    }

    private static void interleaved(byte[] packets, int at, int channel, int length) {
        packets[at] = '$';
        packets[at + 1] = (byte) channel;
        packets[at + 2] = (byte) (length >>> 8);
        packets[at + 3] = (byte) length;
    }

    /// Tells the relay that the publisher is alive, which a session without interleaved data needs (RFC 2326, section
    /// 12.37).
    void keepAlive() throws IOException {
        if (!udp.isEmpty()) {
            connection.write("OPTIONS", uri, Map.of(), "");
        }
    }

    /// Reads and drops what the relay sends, until the connection ends.
    ///
    /// @return what ended it, or null after [#close]
    @Nullable
    String drain() {
        try {
            connection.drain();
            return isClosing ? null : "relay " + connection.peer() + " closed the RTSP connection of " + uri;
        } catch (IOException e) {
            return isClosing ? null : "RTSP connection of " + uri + " broke: " + e.getMessage();
        }
    }

    /// TEARDOWN, without waiting for the answer.
    @Override
    public void close() {
        isClosing = true;
        try {
            connection.writeLast("TEARDOWN", uri);
        } catch (IOException _) {
            // the relay is gone already
        }
        connection.close();
        udp.forEach(UdpPair::close);
    }
}
