package phasebench.harness.load.publisher;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phasebench.harness.load.media.FrameSource;
import phasebench.scenarios.Transport;

/// A stream announced and recording at the relay: takes RTP and RTCP packets, interleaved or as datagrams.
final class RtspSession implements AutoCloseable {
    static final int PAYLOAD_TYPE = 96;

    /// Bytes in front of an interleaved packet: `$`, channel, length (RFC 2326, section 10.12).
    static final int INTERLEAVED_BYTES = 4;

    private static final Pattern SERVER_PORT = Pattern.compile("server_port=(\\d+)(?:-(\\d+))?");

    private final RtspConnection connection;
    private final String uri;
    private final @Nullable UdpPair udp;
    private volatile boolean isClosing;

    /// The publisher's datagram sockets and where they send to.
    private record UdpPair(DatagramSocket rtp, DatagramSocket rtcp, InetSocketAddress toRtp, InetSocketAddress toRtcp) {
        void close() {
            rtp.close();
            rtcp.close();
        }
    }

    private RtspSession(RtspConnection connection, String uri, @Nullable UdpPair udp) {
        this.connection = connection;
        this.uri = uri;
        this.udp = udp;
    }

    /// ANNOUNCE, SETUP and RECORD.
    ///
    /// @throws IOException if the relay cannot be reached or refuses
    static RtspSession record(URI uri, FrameSource source, Transport transport) throws IOException {
        RtspConnection connection = RtspConnection.open(uri);
        try {
            connection.request(
                    "ANNOUNCE", uri.toString(), Map.of("Content-Type", "application/sdp"), description(uri, source));
            String control = uri + "/streamid=0";
            UdpPair udp = null;
            if (transport == Transport.UDP) {
                udp = setupUdp(connection, uri, control);
            } else {
                connection.request(
                        "SETUP", control, Map.of("Transport", "RTP/AVP/TCP;unicast;interleaved=0-1;mode=record"), "");
            }
            connection.request("RECORD", uri.toString(), Map.of("Range", "npt=0.000-"), "");
            return new RtspSession(connection, uri.toString(), udp);
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    static String description(URI uri, FrameSource source) {
        byte[] sps = source.sequenceParameters();
        Base64.Encoder base64 = Base64.getEncoder();
        return String.join(
                "\r\n",
                "v=0",
                "o=- 0 0 IN IP4 127.0.0.1",
                "s=phasebench",
                "c=IN IP4 " + uri.getHost(),
                "t=0 0",
                "m=video 0 RTP/AVP " + PAYLOAD_TYPE,
                "a=rtpmap:" + PAYLOAD_TYPE + " H264/90000",
                "a=fmtp:" + PAYLOAD_TYPE + " packetization-mode=1; sprop-parameter-sets=" + base64.encodeToString(sps)
                        + "," + base64.encodeToString(source.pictureParameters()) + "; profile-level-id="
                        + HexFormat.of().withUpperCase().formatHex(sps, 1, 4),
                "a=control:streamid=0",
                "");
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
    void sendFrame(byte[] packets, int[] lengths, int count) throws IOException {
        if (udp != null) {
            int at = 0;
            for (int i = 0; i < count; i++) {
                at += INTERLEAVED_BYTES;
                udp.rtp().send(new DatagramPacket(packets, at, lengths[i], udp.toRtp()));
                at += lengths[i];
            }
            return;
        }
        int at = 0;
        for (int i = 0; i < count; i++) {
            interleaved(packets, at, 0, lengths[i]);
            at += INTERLEAVED_BYTES + lengths[i];
        }
        connection.write(packets, at);
    }

    /// Sends one RTCP packet, preceded by room of [#INTERLEAVED_BYTES].
    void sendRtcp(byte[] packet, int length) throws IOException {
        if (udp != null) {
            udp.rtcp().send(new DatagramPacket(packet, INTERLEAVED_BYTES, length, udp.toRtcp()));
            return;
        }
        interleaved(packet, 0, 1, length);
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
        if (udp != null) {
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
        if (udp != null) {
            udp.close();
        }
    }
}
