package phasebench.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import phasebench.relay.rtp.AccessUnit;
import phasebench.relay.rtp.Packetizer;
import phasebench.relay.rtp.RtpHeader;
import phasebench.relay.rtp.TrackFormat;
import phasebench.relay.rtsp.RtspClient;

/// Publishes access units by RTSP over TCP. One thread.
final class TestPublisher implements AutoCloseable {
    /// Other than what the relay sends, so that it cannot pass packets on as they are.
    private static final int PAYLOAD_BYTES_MAX = 1000;

    private final RtspClient client;
    private final String stream;
    private final List<Track> tracks = new ArrayList<>();

    private static final class Track {
        private final Packetizer packetizer;
        private final boolean hasMarker;
        private int units;
        private int sequence;

        Track(TrackFormat format, int firstSequence) {
            packetizer = Packetizer.of(format, PAYLOAD_BYTES_MAX);
            hasMarker = !(format instanceof TrackFormat.Opus);
            sequence = firstSequence;
        }
    }

    TestPublisher(InetSocketAddress rtsp, String stream, TrackFormat... formats) {
        this.stream = stream;
        try {
            client = new RtspClient(rtsp);
            check(client.announce(stream, sdp(formats)));
            for (int i = 0; i < formats.length; i++) {
                check(client.setUp(
                        stream + "/track" + i,
                        "RTP/AVP/TCP;unicast;interleaved=%d-%d;mode=record".formatted(2 * i, 2 * i + 1)));
                // wraps soon
                tracks.add(new Track(formats[i], 0xffff - 20));
            }
            check(client.request("RECORD", stream, ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void publish(int track, AccessUnit unit) {
        var to = tracks.get(track);
        to.packetizer.packetize(unit, to.units++, (payload, offset, length, isLast) -> {
            var packet = new byte[RtpHeader.FIXED_BYTES + length];
            boolean isMarked = isLast && to.hasMarker;
            RtpHeader.write(packet, 0, isMarked, 96 + track, to.sequence++, unit.rtpTimestamp(), 1000 + track);
            System.arraycopy(payload, offset, packet, RtpHeader.FIXED_BYTES, length);
            try {
                client.writeFrame(2 * track, packet);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /// Says that it is done, as ffmpeg does.
    @Override
    public void close() {
        try (client) {
            check(client.request("TEARDOWN", stream, ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sdp(TrackFormat... formats) {
        var sdp = new StringBuilder("v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n");
        for (int i = 0; i < formats.length; i++) {
            int type = 96 + i;
            var lines = switch (formats[i]) {
                case TrackFormat.H264(var profile) ->
                    List.of(
                            "m=video 0 RTP/AVP " + type,
                            "a=rtpmap:%d H264/90000".formatted(type),
                            "a=fmtp:%d packetization-mode=1;profile-level-id=%s".formatted(type, profile));
                case TrackFormat.Vp8() -> List.of("m=video 0 RTP/AVP " + type, "a=rtpmap:%d VP8/90000".formatted(type));
                case TrackFormat.Opus _ ->
                    List.of("m=audio 0 RTP/AVP " + type, "a=rtpmap:%d opus/48000/2".formatted(type));
            };
            lines.forEach(line -> sdp.append(line).append("\r\n"));
            sdp.append("a=control:track").append(i).append("\r\n");
        }
        return sdp.toString();
    }

    private static void check(RtspClient.Response response) {
        if (response.code() != 200) {
            throw new IllegalStateException(response.code() + " " + response.reason() + " "
                    + Arrays.toString(response.headers().entrySet().toArray()));
        }
    }
}
