package phasebench.relay.whip;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads an SDP offer; what it cannot use it ignores, what it needs and does not find it names.
final class SdpParser {
    private static final int MEDIA_COUNT_MAX = 32;
    private static final int LOCAL_NAME_COUNT_MAX = 8;

    /// A host candidate with a name of two labels (RFC 8839, section 5.1; draft-ietf-mmusic-mdns-ice-candidates,
    /// section 3.2.1).
    private static final Pattern LOCAL_CANDIDATE =
            Pattern.compile("(?i)\\S+ \\d+ \\S+ \\d+ ([a-z0-9-]{1,63}\\.local) \\d+ typ host( .*)?");

    private static final Pattern FINGERPRINT = Pattern.compile("(?i)sha-256 ([0-9A-F]{2}(:[0-9A-F]{2}){31})");
    private static final Pattern MEDIA_LINE = Pattern.compile("(\\w+) (\\d{1,5})(?:/\\d+)? (\\S+)((?: \\S+)+)");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,3}");
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,64}");

    private SdpParser() {}

    /// Lines of the session or of one m-line: attributes by name, several values each.
    private static final class Section {
        private final String mediaLine;
        private final Map<String, List<String>> attributes = new LinkedHashMap<>();

        Section(String mediaLine) {
            this.mediaLine = mediaLine;
        }

        void attribute(String line) {
            int colon = line.indexOf(':');
            var name = colon < 0 ? line : line.substring(0, colon);
            var value = colon < 0 ? "" : line.substring(colon + 1);
            attributes.computeIfAbsent(name, _ -> new ArrayList<>()).add(value.strip());
        }

        List<String> all(String name) {
            return attributes.getOrDefault(name, List.of());
        }

        @Nullable
        String first(String name) {
            var values = all(name);
            return values.isEmpty() ? null : values.getFirst();
        }

        boolean has(String name) {
            return attributes.containsKey(name);
        }
    }

    static SdpOffer parse(String sdp) throws SdpException {
        var sections = sections(sdp);
        var session = sections.getFirst();
        var media = sections.subList(1, sections.size());
        if (media.isEmpty()) {
            throw new SdpException("no m= line");
        }
        require(session, media, "ice-ufrag");
        require(session, media, "ice-pwd");
        var parsed = new ArrayList<SdpOffer.Media>();
        for (var section : media) {
            parsed.add(media(session, section));
        }
        return new SdpOffer(
                fingerprint(session, media), setup(require(session, media, "setup")), parsed, localNames(media));
    }

    private static List<String> localNames(List<Section> media) {
        return media.stream()
                .flatMap(section -> section.all("candidate").stream())
                .map(LOCAL_CANDIDATE::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .distinct()
                .limit(LOCAL_NAME_COUNT_MAX)
                .toList();
    }

    private static List<Section> sections(String sdp) throws SdpException {
        var lines = sdp.split("\r?\n", -1);
        if (!lines[0].equals("v=0")) {
            throw new SdpException("does not begin with v=0");
        }
        var sections = new ArrayList<Section>();
        sections.add(new Section(""));
        for (int i = 1; i < lines.length; i++) {
            var line = lines[i];
            if (line.isEmpty()) {
                continue;
            }
            if (line.length() < 2 || line.charAt(1) != '=') {
                throw new SdpException("line " + (i + 1) + " is not of the form x=...");
            }
            switch (line.charAt(0)) {
                case 'm' -> sections.add(new Section(line.substring(2)));
                case 'a' -> sections.getLast().attribute(line.substring(2));
                default -> {}
            }
        }
        if (sections.size() > 1 + MEDIA_COUNT_MAX) {
            throw new SdpException("more than " + MEDIA_COUNT_MAX + " m= lines");
        }
        return sections;
    }

    private static String fingerprint(Section session, List<Section> media) throws SdpException {
        var all = new ArrayList<>(session.all("fingerprint"));
        media.forEach(section -> all.addAll(section.all("fingerprint")));
        for (var fingerprint : all) {
            var matcher = FINGERPRINT.matcher(fingerprint);
            if (matcher.matches()) {
                return "sha-256 " + matcher.group(1).toUpperCase(Locale.ROOT);
            }
        }
        throw new SdpException("no a=fingerprint:sha-256");
    }

    private static SdpOffer.Setup setup(String value) throws SdpException {
        return switch (value) {
            case "active" -> SdpOffer.Setup.ACTIVE;
            case "passive" -> SdpOffer.Setup.PASSIVE;
            case "actpass" -> SdpOffer.Setup.ACTPASS;
            default -> throw new SdpException("a=setup:" + value + "; allowed: active, passive, actpass");
        };
    }

    /// The attribute in the session or, else, in the first m-line that has it: with BUNDLE there is one transport.
    private static String require(Section session, List<Section> media, String name) throws SdpException {
        for (var section : media) {
            var value = session.has(name) ? session.first(name) : section.first(name);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        throw new SdpException("no a=" + name);
    }

    private static SdpOffer.Media media(Section session, Section section) throws SdpException {
        var line = MEDIA_LINE.matcher(section.mediaLine);
        if (!line.matches()) {
            throw new SdpException("m=" + printable(section.mediaLine) + ": not 'kind port protocol formats'");
        }
        var mid = section.first("mid");
        if (mid == null || !TOKEN.matcher(mid).matches()) {
            throw new SdpException("m=" + line.group(1) + ": no a=mid");
        }
        boolean isRejected = line.group(2).equals("0") && !section.has("bundle-only");
        var direction = section.has("sendonly") || section.has("inactive") ? section : session;
        boolean canReceive = !isRejected && !direction.has("sendonly") && !direction.has("inactive");
        var payloadTypes = Arrays.asList(line.group(4).strip().split(" ", -1));
        return new SdpOffer.Media(
                line.group(1), line.group(3), mid, payloadTypes, canReceive, formats(section, payloadTypes));
    }

    private static List<SdpOffer.PayloadFormat> formats(Section section, List<String> payloadTypes) {
        var encodings = byPayloadType(section.all("rtpmap"));
        var parameters = byPayloadType(section.all("fmtp"));
        var formats = new ArrayList<SdpOffer.PayloadFormat>();
        for (var payloadType : payloadTypes) {
            var encoding = encodings.get(payloadType);
            if (encoding != null && NUMBER.matcher(payloadType).matches() && Integer.parseInt(payloadType) <= 127) {
                formats.add(new SdpOffer.PayloadFormat(
                        Integer.parseInt(payloadType),
                        encoding,
                        parameters.get(payloadType),
                        feedback(section, payloadType)));
            }
        }
        return formats;
    }

    /// Values of the form `96 rest`; the first one counts.
    private static Map<String, String> byPayloadType(List<String> values) {
        var byPayloadType = new LinkedHashMap<String, String>();
        for (var value : values) {
            int space = value.indexOf(' ');
            if (space > 0) {
                byPayloadType.putIfAbsent(
                        value.substring(0, space), value.substring(space + 1).strip());
            }
        }
        return byPayloadType;
    }

    private static List<String> feedback(Section section, String payloadType) {
        return section.all("rtcp-fb").stream()
                .filter(value -> value.startsWith(payloadType + " ") || value.startsWith("* "))
                .map(value -> value.substring(value.indexOf(' ') + 1))
                .toList();
    }

    private static String printable(String text) {
        var shown = text.length() > 80 ? text.substring(0, 80) + "..." : text;
        return shown.replaceAll("[^ -~]", "?");
    }
}
