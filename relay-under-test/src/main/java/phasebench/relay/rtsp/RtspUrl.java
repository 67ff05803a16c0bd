package phasebench.relay.rtsp;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/// The URL of a stream or of one of its tracks. Host and port are not looked at: a client may know the relay by any
/// name.
///
/// @param path decoded, without slashes at its ends
/// @param query with its question mark, or empty
record RtspUrl(String path, String query) {
    static RtspUrl parse(String text) throws RtspRefusal {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new RtspRefusal(RtspStatus.BAD_REQUEST, "not a URL: " + text);
        }
        String path = uri.getPath();
        if (!"rtsp".equalsIgnoreCase(uri.getScheme()) || uri.getRawAuthority() == null || path == null) {
            throw new RtspRefusal(RtspStatus.BAD_REQUEST, "not a URL of the form rtsp://HOST/STREAM: " + text);
        }
        return new RtspUrl(withoutSlashesAtEnds(path), uri.getQuery() == null ? "" : "?" + uri.getQuery());
    }

    /// The name of the stream this URL points to.
    String stream() throws RtspRefusal {
        if (path.isEmpty()) {
            throw new RtspRefusal(RtspStatus.NOT_FOUND, "the URL names no stream; allowed: rtsp://HOST/STREAM");
        }
        if (path.length() > 128 || !path.matches("[A-Za-z0-9_~-][A-Za-z0-9_.~-]*(/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)*")) {
            throw new RtspRefusal(
                    RtspStatus.BAD_REQUEST,
                    "stream '" + path + "'; allowed: up to 128 of A-Z a-z 0-9 - _ ~ . in parts parted by /");
        }
        return path;
    }

    boolean isSamePath(RtspUrl other) {
        return path.equals(other.path);
    }

    /// Whether this is the URL of the track with that control attribute (RFC 2326, section C.1.1).
    ///
    /// Clients append a relative one behind the query as well as in front of it.
    boolean isTrackOf(RtspUrl base, String control) {
        RtspUrl absolute = absolute(control);
        if (absolute != null) {
            return equals(absolute);
        }
        String relative = "/" + withoutSlashesAtEnds(control);
        return path.equals(base.path + relative) || (path + query).equals(base.path + base.query + relative);
    }

    private static @Nullable RtspUrl absolute(String control) {
        try {
            return control.contains("://") ? parse(control) : null;
        } catch (RtspRefusal _) {
            return null;
        }
    }

    private static String withoutSlashesAtEnds(String path) {
        int begin = 0;
        int end = path.length();
        while (begin < end && path.charAt(begin) == '/') {
            begin++;
        }
        while (end > begin && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(begin, end);
    }
}
