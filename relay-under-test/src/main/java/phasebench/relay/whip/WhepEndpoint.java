package phasebench.relay.whip;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phasebench.relay.stream.LiveStream;
import phasebench.relay.stream.Streams;
import phasebench.relay.webrtc.WebrtcSession;
import phasebench.relay.webrtc.WebrtcSessions;

/// WHEP (draft-ietf-wish-whep): an offer is posted, the answer comes back with the address of the session, and a
/// DELETE there ends it. No trickle ICE and no restarts (PATCH): the relay is ICE-lite and needs no candidates.
final class WhepEndpoint {
    static final int OFFER_BYTES_MAX = 128 << 10;

    private static final String SDP = "application/sdp";
    private static final Map<String, String> CORS = Map.of(
            "Access-Control-Allow-Origin", "*",
            "Access-Control-Allow-Methods", "OPTIONS, POST, DELETE",
            "Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match",
            "Access-Control-Expose-Headers", "Location, ETag, Link, Accept-Post",
            "Access-Control-Max-Age", "86400");

    private final Streams streams;
    private final WebrtcSessions sessions;
    private final Negotiation negotiation;

    WhepEndpoint(Streams streams, WebrtcSessions sessions, Negotiation negotiation) {
        this.streams = streams;
        this.sessions = sessions;
        this.negotiation = negotiation;
    }

    /// Answers on `/STREAM/whep`.
    HttpReply endpoint(HttpExchange exchange, String stream) throws IOException {
        var reply = switch (exchange.getRequestMethod()) {
            case "OPTIONS" -> HttpReply.empty(204).with("Accept-Post", SDP);
            case "POST" -> post(exchange, stream);
            default -> notAllowed("OPTIONS, POST");
        };
        return withCors(reply);
    }

    /// Answers on `/STREAM/whep/ID`.
    HttpReply session(HttpExchange exchange, String id) {
        var reply = switch (exchange.getRequestMethod()) {
            case "OPTIONS" -> HttpReply.empty(204);
            case "DELETE" -> delete(id);
            default -> notAllowed("OPTIONS, DELETE");
        };
        return withCors(reply);
    }

    private HttpReply post(HttpExchange exchange, String stream) throws IOException {
        if (!isSdp(exchange.getRequestHeaders().getFirst("Content-Type"))) {
            return HttpReply.text(415, "the offer must be " + SDP);
        }
        var body = exchange.getRequestBody().readNBytes(OFFER_BYTES_MAX + 1);
        if (body.length > OFFER_BYTES_MAX) {
            return HttpReply.text(413, "the offer is larger than " + OFFER_BYTES_MAX + " bytes");
        }
        var live = streams.find(stream);
        if (live == null) {
            return HttpReply.text(404, "nobody publishes this stream");
        }
        try {
            return open(live, SdpParser.parse(new String(body, StandardCharsets.UTF_8)));
        } catch (SdpException e) {
            return HttpReply.text(400, "bad offer: " + e.getMessage());
        }
    }

    private HttpReply open(LiveStream live, SdpOffer offer) {
        var lines = negotiation.lines(live.tracks(), offer);
        if (lines.stream().noneMatch(line -> line.track() != null)) {
            var codecs = live.tracks().stream().map(CodecChoice::name).collect(Collectors.joining(", "));
            return HttpReply.text(406, "no codec in common; the stream has " + codecs);
        }
        if (!sessions.hasRoom()) {
            return HttpReply.text(503, "too many viewers").with("Retry-After", "5");
        }
        var session = sessions.open(live, negotiation.peer(lines, offer));
        return HttpReply.of(201, SDP, negotiation.answer(session.credentials(), offer, lines))
                .with("Location", PlayerPage.href(live.path()) + "whep/" + session.id())
                .with("ETag", "\"" + session.credentials().ufrag() + "\"");
    }

    private HttpReply delete(String id) {
        var session = sessions.find(id);
        if (session == null) {
            return HttpReply.text(404, "no such session");
        }
        session.close(WebrtcSession.Ending.DELETED);
        return HttpReply.empty(200);
    }

    private static boolean isSdp(@Nullable String contentType) {
        return contentType != null
                && contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(SDP);
    }

    private static HttpReply notAllowed(String methods) {
        return HttpReply.text(405, "allowed: " + methods).with("Allow", methods);
    }

    private static HttpReply withCors(HttpReply reply) {
        var answered = reply;
        for (var header : CORS.entrySet()) {
            answered = answered.with(header.getKey(), header.getValue());
        }
        return answered;
    }
}
