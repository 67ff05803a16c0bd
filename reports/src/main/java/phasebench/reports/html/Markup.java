package phasebench.reports.html;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Makes any text safe inside markup that is not written by the template engine.
final class Markup {
    private Markup() {}

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /// One segment of a relative URL (RFC 3986, section 3.3).
    static String pathSegment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
