package phasebench.harness.load;

import java.net.URI;

/// Where a relay listens.
///
/// @param rtsp such as `rtsp://127.0.0.1:8554`
/// @param http such as `http://127.0.0.1:8889`
public record LoadTargets(URI rtsp, URI http) {
    public LoadTargets {
        require("rtsp", rtsp);
        require("http", http);
    }

    private static void require(String scheme, URI uri) {
        if (!scheme.equals(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException(scheme + " target is not " + scheme + "://HOST:PORT: " + uri);
        }
    }

    URI publish(String stream) {
        return URI.create(withoutSlash(rtsp) + "/" + stream);
    }

    URI whep(String stream) {
        return URI.create(withoutSlash(http) + "/" + stream + "/whep");
    }

    private static String withoutSlash(URI uri) {
        String text = uri.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
