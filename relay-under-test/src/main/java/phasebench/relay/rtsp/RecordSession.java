package phasebench.relay.rtsp;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import phasebench.relay.rtp.IngestDrop;
import phasebench.relay.rtp.TrackFormat;
import phasebench.relay.stream.Publication;
import phasebench.relay.stream.StreamTakenException;

/// What a publisher has agreed on with the server, from ANNOUNCE to TEARDOWN (RFC 2326, appendix A).
///
/// Belongs to the thread of its connection.
final class RecordSession {
    private static final int CHANNELS = 256;

    private final String id =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    private final RtspUrl url;
    private final @Nullable RtspUrl contentBase;
    private final SessionDescription description;
    private final Environment environment;
    private final @Nullable TrackTransport[] transports;
    private final @Nullable TrackReceiver[] receivers;
    /// The track of an RTP channel and of the RTCP channel behind it; -1 for none.
    private final int[] trackOfChannel = new int[CHANNELS];

    private @Nullable Publication publication;

    /// What a session needs from its connection.
    ///
    /// @param server address of this end of the connection
    /// @param client address of the other end
    /// @param touch hears when a packet came by UDP
    record Environment(RtspServices services, InetAddress server, InetAddress client, LongConsumer touch) {}

    /// @param url of the stream
    /// @param contentBase base of relative control attributes, if the client gave another
    RecordSession(RtspUrl url, @Nullable RtspUrl contentBase, SessionDescription description, Environment environment) {
        this.url = url;
        this.contentBase = contentBase;
        this.description = description;
        this.environment = environment;
        this.transports = new TrackTransport[description.tracks().size()];
        this.receivers = new TrackReceiver[transports.length];
        Arrays.fill(trackOfChannel, -1);
    }

    String id() {
        return id;
    }

    /// The path of the stream.
    String stream() {
        return url.path();
    }

    boolean isSetUp() {
        for (TrackTransport transport : transports) {
            if (transport != null) {
                return true;
            }
        }
        return false;
    }

    boolean isRecording() {
        return publication != null;
    }

    /// Sets up one track.
    ///
    /// @return the Transport header of the response
    String setUp(RtspUrl trackUrl, TransportOffer offer) throws RtspRefusal {
        if (isRecording()) {
            throw new RtspRefusal(RtspStatus.NOT_VALID_IN_THIS_STATE, "the stream is being recorded");
        }
        int track = description.trackOf(trackUrl, url, contentBase);
        if (track < 0) {
            throw trackUrl.isSamePath(url)
                    ? new RtspRefusal(RtspStatus.AGGREGATE_NOT_ALLOWED, "set up each track by its control URL")
                    : new RtspRefusal(RtspStatus.NOT_FOUND, "no track announced has this control URL");
        }
        if (transports[track] != null) {
            throw new RtspRefusal(RtspStatus.NOT_VALID_IN_THIS_STATE, "the track is set up already");
        }
        TrackTransport transport = switch (offer) {
            case TransportOffer.Interleaved(int channel) -> interleaved(channel, track);
            case TransportOffer.Udp udp -> udp(udp);
        };
        transports[track] = transport;
        return transport.header();
    }

    /// Opens the stream with the tracks that are set up, and begins to receive.
    void record(RtspUrl recordUrl) throws RtspRefusal {
        if (isRecording() || !isSetUp()) {
            throw new RtspRefusal(
                    RtspStatus.NOT_VALID_IN_THIS_STATE,
                    isRecording() ? "the stream is being recorded" : "no track is set up");
        }
        if (!recordUrl.isSamePath(url)) {
            throw description.trackOf(recordUrl, url, contentBase) < 0
                    ? new RtspRefusal(RtspStatus.NOT_FOUND, "not the stream announced on this connection")
                    : new RtspRefusal(RtspStatus.ONLY_AGGREGATE_ALLOWED, "record the stream, not one track of it");
        }
        Publication opened = publish();
        publication = opened;
        int trackIndex = 0;
        for (int i = 0; i < transports.length; i++) {
            TrackTransport transport = transports[i];
            if (transport == null) {
                continue;
            }
            TrackReceiver receiver = new TrackReceiver(
                    description.tracks().get(i),
                    transport,
                    opened,
                    trackIndex++,
                    environment.services().counters(),
                    environment.services().limits());
            receivers[i] = receiver;
            if (transport instanceof UdpTransport udp) {
                udp.start(receiver, environment.touch(), environment.services().threads());
            }
        }
    }

    /// Takes an interleaved frame.
    ///
    /// @return a receiver report to send on the next channel, or null
    byte @Nullable [] frame(InterleavedFrame frame, long arrivalNs) {
        int track = trackOfChannel[frame.channel()];
        TrackReceiver receiver = track < 0 ? null : receivers[track];
        if (receiver == null) {
            environment
                    .services()
                    .counters()
                    .dropped(track < 0 ? IngestDrop.UNKNOWN_CHANNEL : IngestDrop.BEFORE_RECORD);
            return null;
        }
        if (transports[track] instanceof TrackTransport.Interleaved(int rtpChannel) && frame.channel() == rtpChannel) {
            return receiver.rtp(frame.payload().heapArray(), frame.length(), arrivalNs);
        }
        receiver.rtcp(frame.payload().heapArray(), frame.length(), arrivalNs);
        return null;
    }

    /// Ends the publication and frees the ports; to be called once.
    void end() {
        for (TrackReceiver receiver : receivers) {
            if (receiver != null) {
                receiver.close();
            }
        }
        for (TrackTransport transport : transports) {
            if (transport != null) {
                transport.close();
            }
        }
        if (publication != null) {
            publication.close();
        }
    }

    /// For the log: the stream and how its tracks come.
    @Override
    public String toString() {
        List<String> tracks = new ArrayList<>();
        for (int i = 0; i < transports.length; i++) {
            TrackTransport transport = transports[i];
            if (transport != null) {
                tracks.add(description.tracks().get(i).format() + " by " + transport.header());
            }
        }
        return url.path() + " " + tracks;
    }

    private Publication publish() throws RtspRefusal {
        List<TrackFormat> formats = new ArrayList<>();
        for (int i = 0; i < transports.length; i++) {
            if (transports[i] != null) {
                formats.add(description.tracks().get(i).format());
            }
        }
        try {
            return environment.services().ingest().publish(url.stream(), formats);
        } catch (StreamTakenException e) {
            throw new RtspRefusal(RtspStatus.FORBIDDEN, String.valueOf(e.getMessage()));
        }
    }

    private TrackTransport interleaved(int channelWanted, int track) throws RtspRefusal {
        int channel = channelWanted;
        if (channel < 0) {
            channel = 0;
            while (isTaken(channel)) {
                channel += 2;
            }
        } else if (isTaken(channel)) {
            throw new RtspRefusal(RtspStatus.BAD_REQUEST, "interleaved=%d-%d is taken".formatted(channel, channel + 1));
        }
        trackOfChannel[channel] = track;
        trackOfChannel[channel + 1] = track;
        return new TrackTransport.Interleaved(channel);
    }

    private boolean isTaken(int channel) {
        return trackOfChannel[channel] >= 0 || trackOfChannel[channel + 1] >= 0;
    }

    private TrackTransport udp(TransportOffer.Udp offer) throws RtspRefusal {
        try {
            return new UdpTransport(
                    offer,
                    environment.server(),
                    environment.client(),
                    environment.services().counters(),
                    environment.services().buffers());
        } catch (IOException e) {
            throw new RtspRefusal(RtspStatus.SERVICE_UNAVAILABLE, "no UDP ports: " + e.getMessage());
        }
    }
}
