package phasebench.relay.whip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import phasebench.relay.stream.LiveStream;

/// The pages for people: a list of streams, and the player, which finds its stream by its own address.
final class PlayerPage {
    private static final String HTML = "text/html; charset=utf-8";
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; media-src blob: mediastream:";

    private final String player = resource("player.html");
    private final String list = resource("streams.html");

    HttpReply player() {
        return html(player);
    }

    HttpReply list(List<LiveStream> streams) {
        var rows = streams.stream().map(PlayerPage::row).collect(Collectors.joining("\n"));
        return html(list.replace("<!-- streams -->", rows.isEmpty() ? "<li>none is being published</li>" : rows));
    }

    private static HttpReply html(String body) {
        return HttpReply.of(200, HTML, body)
                .with("Content-Security-Policy", POLICY)
                .with("Cache-Control", "no-cache");
    }

    private static String row(LiveStream stream) {
        var codecs = stream.tracks().stream().map(CodecChoice::name).collect(Collectors.joining(", "));
        return "<li><a href=\"%s\">%s</a> <small>%s; %d viewers</small></li>"
                .formatted(escape(href(stream.path())), escape(stream.path()), escape(codecs), stream.viewerCount());
    }

    /// Path of a stream's page, percent-encoded.
    static String href(String stream) {
        try {
            return new URI(null, null, "/" + stream + "/", null).getRawPath();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a path: " + stream, e);
        }
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private static String resource(String name) {
        try (var in = PlayerPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("not in the jar: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
